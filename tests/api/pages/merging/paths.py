"""Every page of duplicates, with paths of the own organisation and of what nobody here may know of."""

ENDPOINTS = {
    "pages.duplicates",
    "pages.search_duplicates",
    "pages.set_apart",
    "pages.merge_with",
    "pages.merge_profiles",
}
READ = ("/duplicates", "/profiles/lamp/merge", "/profiles/near/merge?q=a")
WRITTEN = ("/duplicates/search", "/duplicates/apart", "/profiles/lamp/merge")
FOREIGN_WRITTEN = tuple(f"/profiles/{id_}/merge" for id_ in ("s9", "south:s9", "south:m8", "none"))
FOREIGN_READ = (
    *FOREIGN_WRITTEN,
    "/profiles/lamp/merge?with=south:s9",
    "/profiles/near/merge?with=south:m8",
    "/profiles/near/merge?with=none",
)
