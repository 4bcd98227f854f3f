package costlake.serve;

import costlake.config.Member;
import costlake.config.Owners;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The teams whose rows a user may see.
 *
 * @param teams ids of the teams, sorted; empty for finance, which sees all rows, including those of
 *     teams that are no longer configured
 */
record TeamScope(Optional<List<String>> teams) {
  static final String EVERY_ROW = "true";
  private static final String TEAM = "team_id";

  /** The version of the tables. It concerns no team, so everyone may see it. */
  private static final String VERSION_TABLE = "reporting.schema_version";

  TeamScope {
    teams = teams.map(ids -> List.copyOf(new TreeSet<>(ids)));
  }

  /** Returns the scope of a user; empty if owners.yml does not name the user. */
  static Optional<TeamScope> of(Owners owners, String user) {
    return owners.members().stream()
        .filter(member -> member.user().equals(user))
        .findFirst()
        .map(member -> of(owners, member));
  }

  static TeamScope of(Owners owners, Member member) {
    return switch (member.role()) {
      case FINANCE -> new TeamScope(Optional.empty());
      case MEMBER -> new TeamScope(Optional.of(member.teams()));
      case LEAD -> new TeamScope(Optional.of(withCostCentres(owners, member.teams())));
    };
  }

  /** Returns the teams and all other teams of their cost centres. */
  private static List<String> withCostCentres(Owners owners, List<String> teams) {
    List<String> centres =
        owners.teams().stream()
            .filter(team -> teams.contains(team.id()))
            .map(Owners.Team::costCentre)
            .filter(Objects::nonNull)
            .toList();
    return owners.teams().stream()
        .filter(team -> teams.contains(team.id()) || centres.contains(team.costCentre()))
        .map(Owners.Team::id)
        .toList();
  }

  boolean isAll() {
    return teams.isEmpty();
  }

  /**
   * Returns the SQL condition for the rows of a table that the scope may see, given its name with
   * the namespace, in syntax that Spark and Trino share; empty if it may not see the table. Only
   * the rows of teams have a {@code team_id}, so a scope of teams sees no row of a cost centre or
   * of the company.
   */
  Optional<String> condition(String table, Collection<String> columns) {
    if (isAll() || table.equals(VERSION_TABLE)) {
      return Optional.of(EVERY_ROW);
    }
    return columns.contains(TEAM) ? teams.map(TeamScope::ofTeams) : Optional.empty();
  }

  private static String ofTeams(List<String> teams) {
    return teams.stream()
        .map(id -> "'" + id + "'")
        .collect(Collectors.joining(", ", TEAM + " in (", ")"));
  }
}
