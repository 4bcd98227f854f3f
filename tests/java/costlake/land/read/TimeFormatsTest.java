package costlake.land.read;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceKinds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "unix_s, 1789380000, 2026-09-14T10:00:00",
    "unix_s, 1789380000.125, 2026-09-14T10:00:00.125",
    "unix_ms, 1789380000125, 2026-09-14T10:00:00.125",
    "M/d/yyyy, 2/28/2026, 2026-02-28",
    "yyyyMMdd, 20260228, 2026-02-28",
    "d.M.yy, 1.2.26, 2026-02-01",
    "'''day'' d.M.yyyy', day 1.2.2026, 2026-02-01",
    "M/d/yyyy H:mm, 2/28/2026 7:05, 2026-02-28T07:05:00",
    "yyyy-MM-dd HH:mm:ss Z, 2026-03-01 01:30:00 +0200, 2026-02-28T23:30:00",
    "yyyy-MM-dd HH:mm:ss XXX, 2026-02-28 23:30:00 -05:00, 2026-03-01T04:30:00",
    "yyyy-MM-dd HH:mm:ss.SSS VV, 2026-07-01 01:00:00.250 Europe/Berlin, 2026-06-30T23:00:00.25"
  })
  void readsATimeAsOneOfUtc(String format, String text, String iso) {
    assertThat(TimeFormats.iso(List.of(format), text)).contains(iso);
  }

  /** As sacct prints times if SLURM_TIME_FORMAT ends in %z. */
  @Test
  void jobLogsOfSlurmMayStateTheOffset() {
    List<String> times = SourceKinds.of("slurm").relations().get(0).times();
    assertThat(TimeFormats.iso(times, "2026-09-02T00:30:00+0200")).contains("2026-09-01T22:30:00");
    assertThat(TimeFormats.iso(times, "2026-09-02T00:30:00+0000")).contains("2026-09-02T00:30:00");
    assertThat(TimeFormats.iso(times, "2026-09-02T00:30:00")).contains("2026-09-02T00:30:00");
  }

  @ParameterizedTest
  @CsvSource({
    "unix_s, 1789380000125",
    "unix_ms, 1789380000",
    "unix_s, -1",
    "unix_s, 178938000x",
    "unix_ms, 2026"
  })
  void tellsSecondsFromMilliseconds(String format, String text) {
    assertThat(TimeFormats.iso(List.of(format), text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"M/d/yyyy, 2/30/2026", "M/d/yyyy, 2/29/2026", "yyyyMMdd, 20260431"})
  void rejectsADayThatTheMonthDoesNotHave(String format, String text) {
    assertThat(TimeFormats.iso(List.of(format), text)).isEmpty();
  }
}
