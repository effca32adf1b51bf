"""Where the graph lives: versions on disk, the embedded Cypher engine, a shared Neo4j server."""
