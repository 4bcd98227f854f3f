package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows of a table a scope may see. */
class TeamScopeTest {
  private static final TeamScope SEARCH = new TeamScope(Optional.of(List.of("search")));
  private static final TeamScope FINANCE = new TeamScope(Optional.empty());

  @Test
  void aTeamSeesRowsWithItsTeamAndNoTableWithoutTeams() {
    assertThat(SEARCH.condition("reporting.statements", List.of("receiver_id", "team_id")))
        .contains("team_id in ('search')");
    assertThat(SEARCH.condition("reporting.group_statements", List.of("group_id"))).isEmpty();
    assertThat(SEARCH.condition("reporting.statements", List.of("receiver_kind", "receiver_id")))
        .isEmpty();
  }

  @Test
  void financeSeesEveryRow() {
    assertThat(FINANCE.condition("reporting.statements", List.of("team_id"))).contains("true");
    assertThat(FINANCE.condition("governance.forecasts", List.of("model_id"))).contains("true");
  }

  @Test
  void everyoneSeesTheVersion() {
    assertThat(SEARCH.condition("reporting.schema_version", List.of("version"))).contains("true");
  }
}
