package costlake.config;

/** How {@code serve sql} listens, whom it knows, and what one query may take. */
public record ServeConfig(
    @Required
        @Doc(
            "Address to listen on. One that other machines reach needs tls_certificate and tls_key.")
        String host,
    @Required @Doc("Port to listen on.") int port,
    @Required
        @Doc(
            "File of users and the hashes of their passwords; 'costlake serve user NAME' adds to it. Nobody but its owner"
                + " may read it. Relative paths start at the folder of the configuration.")
        String users,
    @Doc("File of the certificate chain, PEM; empty means no TLS.") String tlsCertificate,
    @Doc("File of the private key of the certificate, PEM (PKCS 8).") String tlsKey,
    @Required @Doc("Longest time of one query, seconds.") int queryMaxS,
    @Required @Doc("Most rows of one answer.") int queryMaxRows,
    @Required
        @Doc("Most memory that one query may hold for its answer at a time, MiB of encoded rows.")
        int queryMaxMib,
    @Required @Doc("Queries that run at the same time; more wait their turn.") int queriesMax) {
  public ServeConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw new IllegalArgumentException("tls_certificate and tls_key come together");
    }
    if (queryMaxS < 1 || queryMaxRows < 1 || queryMaxMib < 1 || queriesMax < 1) {
      throw new IllegalArgumentException(
          "query_max_s, query_max_rows, query_max_mib and queries_max must be at least 1");
    }
  }
}
