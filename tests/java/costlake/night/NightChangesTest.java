package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Changes;
import costlake.core.Delivery;
import costlake.model.RelationName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks which days of telemetry a night reads. */
class NightChangesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 14);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 15);
  private static final RelationName NODE_HOURS = RelationName.parse("bronze.k8s_node_hours");

  @Test
  void readsTheDaysThatDifferAndNoMore() {
    Changes changes = new Changes(false, Map.of(NODE_HOURS, Set.of(SECOND)), Set.of());
    assertThat(changes(changes).measuredDays()).containsExactly(SECOND);
  }

  @Test
  void readsEveryDayWhenAReferenceListDiffersFromWhichAllTablesAreMadeAnew() {
    Changes changes =
        new Changes(
            false,
            Map.of(NODE_HOURS, Set.of(SECOND)),
            Set.of(RelationName.parse("reference.accelerators")));
    assertThat(changes(changes).measuredDays()).containsExactly(FIRST, SECOND);
    assertThat(changes(changes).telemetryToRead()).hasSize(2);
  }

  private static NightChanges changes(Changes changes) {
    List<Delivery> current = List.of(measured(FIRST), measured(SECOND));
    return new NightChanges(current, List.of(), List.of(), Set.of(), Map.of(), changes);
  }

  private static Delivery measured(LocalDate day) {
    return new Delivery(
        "train",
        "prometheus",
        day,
        "d",
        List.of(),
        Instant.EPOCH,
        "night-1",
        Delivery.Status.CURRENT);
  }
}
