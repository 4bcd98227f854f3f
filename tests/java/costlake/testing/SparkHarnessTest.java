package costlake.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparkHarnessTest {
  @Test
  void theComparisonSeesADifference() {
    var one = SparkHarness.spark().sql("select cast(1.10 as decimal(38,21)) as cost");
    var other = SparkHarness.spark().sql("select cast(1.11 as decimal(38,21)) as cost");
    SparkHarness.assertSameRows(one, one);
    assertThatThrownBy(() -> SparkHarness.assertSameRows(one, other)).isInstanceOf(Throwable.class);
  }
}
