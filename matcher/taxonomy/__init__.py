"""Industries, stages, regions and services: what labels mean, in two languages."""

from matcher.taxonomy.catalogues import industries, regions, services, stages
from matcher.taxonomy.region_paths import region_path
from matcher.taxonomy.taxonomy import Node, Taxonomy

__all__ = ["Node", "Taxonomy", "industries", "region_path", "regions", "services", "stages"]
