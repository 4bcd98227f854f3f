package costlake.estate;

/**
 * Who really owns a resource, and who the rules can find.
 *
 * @param team who really owns it; {@link #SHARED} when all do
 * @param found the team that the owner rules name
 * @param via what they find it by: tag, alias, override, account, cluster, last_resort
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
