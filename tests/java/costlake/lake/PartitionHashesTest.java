package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionHashesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 2);
  private static final LocalDate THIRD = LocalDate.of(2026, 9, 3);
  private static final Map<LocalDate, String> TWO_DAYS = Map.of(FIRST, "50:ab", THIRD, "3:cd");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPartitionWithoutAHashCountsAsTheLargest(boolean complete) {
    PartitionHashes hashes = new PartitionHashes(complete, TWO_DAYS);
    assertThat(hashes.estimatedRows(Optional.of(Set.of(THIRD)))).hasValue(3);
    assertThat(hashes.estimatedRows(Optional.of(Set.of(SECOND, THIRD)))).hasValue(53);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partitionsAfterTheLastCountAsOne(boolean complete) {
    PartitionHashes hashes = new PartitionHashes(complete, TWO_DAYS);
    Set<LocalDate> days = Set.of(THIRD, THIRD.plusDays(1), THIRD.plusMonths(60));
    assertThat(hashes.estimatedRows(Optional.of(days))).hasValue(53);
  }

  @Test
  void allPartitionsAreEstimatedOnlyIfEveryHashIsKnown() {
    assertThat(new PartitionHashes(true, TWO_DAYS).estimatedRows(Optional.empty())).hasValue(53);
    assertThat(new PartitionHashes(false, TWO_DAYS).estimatedRows(Optional.empty())).isEmpty();
  }

  @Test
  void anEmptyTableHasNoRowsAndAnUnknownTableNoEstimate() {
    Optional<Set<LocalDate>> day = Optional.of(Set.of(FIRST));
    assertThat(new PartitionHashes(true, Map.of()).estimatedRows(day)).hasValue(0);
    assertThat(PartitionHashes.NONE.estimatedRows(day)).isEmpty();
  }
}
