package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.testing.Executions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts and limits what nights of a small company execute in Spark. */
@Tag("night")
class NightExecutionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"ICEBERG,305,95,195,100", "DELTA,420,325,470,220"})
  void nightsExecuteFewQueries(
      LakeConfig.Format format,
      int mostOfFirst,
      int mostJobsOfFirst,
      int mostOfChanged,
      int mostJobsOfChanged)
      throws Exception {
    TinyCompany company = new TinyCompany(folder, format);
    company.deliver("20");
    Executions first = Executions.of(company.session(), company::night);
    company.deliver("21.5");
    Executions changed = Executions.of(company.session(), company::night);
    print(format + ", first night", first);
    print(format + ", one changed charge", changed);
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 23.7", "2026-09-03 33.55");
    assertThat(first.count()).isLessThanOrEqualTo(mostOfFirst);
    assertThat(first.withJobs()).isLessThanOrEqualTo(mostJobsOfFirst);
    assertThat(changed.count()).isLessThanOrEqualTo(mostOfChanged);
    assertThat(changed.withJobs()).isLessThanOrEqualTo(mostJobsOfChanged);
  }

  private static void print(String night, Executions executions) {
    System.out.printf(
        "%s: %d executions, %d with jobs%n", night, executions.count(), executions.withJobs());
  }
}
