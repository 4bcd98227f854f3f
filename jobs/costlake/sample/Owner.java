package costlake.sample;

/**
 * The real owner of a resource, and the owner that the rules can find.
 *
 * @param team its real owner; {@link #SHARED} if all share it
 * @param found the team that the owner rules name
 * @param via how they find it: tag, alias, override, account, cluster, last_resort
 * @param pool the pool of shared cost it belongs to, or empty
 */
record Owner(
    String team,
    String project,
    String environment,
    String model,
    String found,
    String via,
    String pool) {
  static final String SHARED = "(shared)";

  static Owner shared(String found, String via, String pool) {
    return new Owner(SHARED, "", "", "", found, via, pool);
  }

  static Owner account(String team) {
    return new Owner(team, "", "", "", team, "account", "");
  }
}
