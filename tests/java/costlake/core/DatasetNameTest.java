package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The parts of one export belong to one dataset. Different exports are different datasets, as are
 * different runs.
 */
class DatasetNameTest {
  @ParameterizedTest
  @CsvSource({
    "a/part_0_0001.csv, a/",
    "a/part_1_0001.csv.gz, a/",
    "a/part_12_0001.snappy.parquet, a/",
    "a/part-00003-1b2c-c000.snappy.parquet, a/-1b2c-c000",
    "a/10.csv, a/10",
    "actual_0910.csv, actual_0910",
    "actual-1.csv, actual-1",
    "Actual_part_1.csv, actual",
    "actual-part-12.csv.gz, actual",
    "actual_1_of_3.csv, actual",
    "a/2-of-3.csv, a/",
    "actual-cost.csv, actual-cost",
    "actual/2026-09.csv, actual/2026-09",
    "amortized/2026-09.csv, amortized/2026-09",
    "actual_20260901.csv, actual_20260901",
    "actual_2026-09-01.csv, actual_2026-09-01",
    "actual_2026_09_02.csv, actual_2026_09_02",
    "report.actual.csv, report.actual",
    "type=ActualCost_1/part_0_0001.csv, type=actualcost_1/",
    "type=ActualCost_1/anything.parquet, type=actualcost_1/"
  })
  void isThePathWithoutPartAndFormat(String path, String dataset) {
    assertThat(DatasetName.of(path)).isEqualTo(dataset);
  }
}
