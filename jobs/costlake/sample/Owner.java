package costlake.sample;

/**
 * The real owner of a resource, and the owner that the owner rules assign.
 *
 * @param team team that really owns the resource; {@link #SHARED} if all teams share it
 * @param found team that the owner rules assign
 * @param via how the rules find this team: tag, alias, override, account, cluster, last_resort
 * @param pool pool of the shared cost; empty if the resource is not shared
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
