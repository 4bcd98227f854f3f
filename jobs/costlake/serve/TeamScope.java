package costlake.serve;

import costlake.config.Member;
import costlake.config.Owners;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The teams whose rows someone sees.
 *
 * @param teams their ids in order; empty for finance, who sees the rows of all, also of teams that
 *     are no longer configured
 */
record TeamScope(Optional<List<String>> teams) {
  TeamScope {
    teams = teams.map(ids -> List.copyOf(new TreeSet<>(ids)));
  }

  /** The scope of a user according to the owners; empty for a user that they do not name. */
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
      case LEAD -> new TeamScope(Optional.of(costCentres(owners, member.teams())));
    };
  }

  private static List<String> costCentres(Owners owners, List<String> teams) {
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

  /** The predicate on {@code team_id} that the rows of the scope meet, as both engines read it. */
  String predicate() {
    return teams
        .map(
            ids ->
                ids.stream()
                    .map(id -> "'" + id + "'")
                    .collect(Collectors.joining(", ", "team_id in (", ")")))
        .orElse("true");
  }
}
