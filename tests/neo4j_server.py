"""A real Neo4j for the tests: fetched once by Maven, started once a session in a home of its own.

`SIMPUL_NEO4J_JARS` names the folder of its jars (default `.neo4j/` here), and
`SIMPUL_TEST_NEO4J_URI` another server to use; **it is emptied**.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

ROOT = Path(__file__).parents[1]
POM = ROOT / "tests" / "neo4j" / "pom.xml"
VERSION = "5.26.30"
START = 180  # seconds; 6 on a quiet machine
OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.security.allow_csv_import_from_file_urls=true
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
db.tx_log.rotation.size=32m
dbms.usage_report.enabled=false
"""


def jars() -> Path:
    """Give the folder of the server's jars; Maven fills it the first time."""
    folder = Path(os.environ.get("SIMPUL_NEO4J_JARS", ROOT / ".neo4j")).resolve()
    if not (folder / f"neo4j-{VERSION}.jar").exists():
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        command = ["mvn", "-B", "-q", "-f", str(POM), *goal, "-DincludeScope=runtime"]
        subprocess.run(command, check=True, timeout=600)
    return folder


def free_port() -> int:
    """Give a loopback port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def start(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a server whose files all lie in `home`."""
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(CONF.format(port=port))
    opens = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in OPENS]
    server = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}"]
    server.append(f"--config-dir={home / 'conf'}")
    with open(home / "console.log", "wb") as log:
        return subprocess.Popen(
            ["java", "-Xmx512m", "-XX:+UseSerialGC", *opens, "-cp", str(jars() / "*"), *server],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
            start_new_session=True,
        )


def wait(uri: str, process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait until a query runs: the port alone opens too early."""
    end = time.monotonic() + START
    while True:
        try:
            with neo4j.GraphDatabase.driver(uri, connection_timeout=2) as d, d.session() as s:
                s.run("RETURN 1").consume()
            return
        except (neo4j.exceptions.DriverError, neo4j.exceptions.TransientError) as e:
            if process.poll() is not None or time.monotonic() > end:
                said = (home / "console.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"Neo4j did not start: {said}") from e
            time.sleep(0.3)


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Neo4j server that belongs to this test run."""
    if uri := os.environ.get("SIMPUL_TEST_NEO4J_URI"):
        yield uri
        return
    missing = [name for name in ("java", "mvn") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not found: no real Neo4j can be started")
    home, port = tmp_path_factory.mktemp("neo4j") / "home", free_port()
    process, uri = start(home, port), f"bolt://127.0.0.1:{port}"
    try:
        wait(uri, process, home)
        yield uri
    finally:
        process.kill()  # a throw-away home: a clean stop takes ten seconds
        process.wait()


@pytest.fixture
def empty_neo4j(neo4j_uri: str) -> str:
    """The address of the server, with nothing in it."""
    with neo4j.GraphDatabase.driver(neo4j_uri) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        for kind in ("CONSTRAINT", "INDEX"):
            for row in session.run(f"SHOW {kind} YIELD name, type").data():
                # ours cost seconds to make again, and the tests that mind look for themselves
                if row["type"] != "LOOKUP" and not row["name"].startswith("simpul_"):
                    session.run(f"DROP {kind} `{row['name']}`").consume()
    return neo4j_uri
