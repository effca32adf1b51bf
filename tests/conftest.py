"""Fixtures of several rooms."""

from tests.neo4j_server import empty_neo4j, neo4j_uri

__all__ = ["empty_neo4j", "neo4j_uri"]
