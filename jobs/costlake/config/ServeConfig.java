package costlake.config;

import org.jspecify.annotations.Nullable;

/** Settings of {@code serve sql} and {@code serve mcp}: address, users, and limits of a query. */
public record ServeConfig(
    @Required
        @Description(
            "Address to listen on. An address that other machines can reach needs"
                + " tls_certificate and tls_key.")
        String host,
    @Required @Description("Port of serve sql.") int port,
    @Required @Description("Port of serve mcp.") int mcpPort,
    @Required
        @Description(
            "File of users and their password hashes; 'costlake serve user NAME' writes it. Only"
                + " its owner may be able to read it. Relative paths start at the folder of the"
                + " configuration.")
        String users,
    @Description("File of the certificate chain, PEM. Empty: no TLS.")
        @Nullable String tlsCertificate,
    @Description("File of the private key of the certificate, PEM (PKCS 8).")
        @Nullable String tlsKey,
    @Required @Description("Longest time of a query from its submission to the last row, seconds.")
        int queryMaxS,
    @Required @Description("Largest number of rows of a result.") int queryMaxRows,
    @Required
        @Description("Largest amount of encoded rows of a result that is kept in memory, MiB.")
        int queryMaxMib,
    @Required
        @Description(
            "How many queries run at the same time, each in its own process. Further"
                + " queries wait.")
        int queriesMax,
    @Required
        @Description("How many queries of one user run at the same time. Further queries wait.")
        int queriesPerUserMax,
    @Required @Description("How many queries of one user may wait. Further queries are refused.")
        int queriesWaitingPerUserMax,
    @Required @Description("Longest text of a query, in units of 1024 characters.")
        int queryTextMaxKib,
    @Required
        @Description(
            "How many prepared statements are kept for one user. A further one replaces"
                + " the one that was not used for the longest time.")
        int statementsPerUserMax,
    @Required @Description("Memory for the prepared statements of one user, MiB.")
        int statementsPerUserMaxMib,
    @Required
        @Description(
            "Memory of each process that runs queries, MiB. There are up to queries_max"
                + " such processes.")
        int workerHeapMib) {
  private static final int WORKER_HEAP_MIB_MIN = 512;

  public ServeConfig {
    refuseNoPort("port", port);
    refuseNoPort("mcp_port", mcpPort);
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw new IllegalArgumentException("set both tls_certificate and tls_key, or neither");
    }
    atLeastOne("query_max_s", queryMaxS);
    atLeastOne("query_max_rows", queryMaxRows);
    atLeastOne("query_max_mib", queryMaxMib);
    atLeastOne("queries_max", queriesMax);
    atLeastOne("queries_per_user_max", queriesPerUserMax);
    atLeastOne("queries_waiting_per_user_max", queriesWaitingPerUserMax);
    atLeastOne("query_text_max_kib", queryTextMaxKib);
    atLeastOne("statements_per_user_max", statementsPerUserMax);
    atLeastOne("statements_per_user_max_mib", statementsPerUserMaxMib);
    if (queriesMax > 1 && queriesPerUserMax >= queriesMax) {
      throw new IllegalArgumentException(
          "queries_per_user_max must be less than queries_max, so that one user cannot block all"
              + " others");
    }
    if (workerHeapMib < WORKER_HEAP_MIB_MIN) {
      throw new IllegalArgumentException("worker_heap_mib must be at least " + WORKER_HEAP_MIB_MIN);
    }
  }

  private static void refuseNoPort(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(key + " " + port + " is not between 0 and 65535");
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " must be at least 1");
    }
  }
}
