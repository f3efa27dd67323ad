"""A real S3 server on this machine, and credentials that open nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

BUCKET = "bole-models"


@contextmanager
def s3_server() -> Iterator[str]:
    """The URL of an empty bucket, as long as the block runs."""
    import s3fs  # here, as both take seconds that most tests of models need not wait for
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        environment.setenv("AWS_ACCESS_KEY_ID", "nobody")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        s3fs.S3FileSystem().mkdir(BUCKET)
        yield f"s3://{BUCKET}"
    server.stop()
