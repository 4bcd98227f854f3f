package costlake.land.read.rows;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceKinds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "unix_s, 1789380000, 2026-09-14T10:00:00Z",
    "unix_s, 1789380000.125, 2026-09-14T10:00:00.125Z",
    "unix_ms, 1789380000125, 2026-09-14T10:00:00.125Z",
    "M/d/yyyy, 2/28/2026, 2026-02-28",
    "yyyyMMdd, 20260228, 2026-02-28",
    "d.M.yy, 1.2.26, 2026-02-01",
    "'''day'' d.M.yyyy', day 1.2.2026, 2026-02-01",
    "M/d/yyyy H:mm, 2/28/2026 7:05, 2026-02-28T07:05:00",
    "yyyy-MM-dd HH:mm:ss Z, 2026-03-01 01:30:00 +0200, 2026-02-28T23:30:00Z",
    "yyyy-MM-dd HH:mm:ss XXX, 2026-02-28 23:30:00 -05:00, 2026-03-01T04:30:00Z",
    "yyyy-MM-dd HH:mm:ss.SSS VV, 2026-07-01 01:00:00.250 Europe/Berlin, 2026-06-30T23:00:00.25Z"
  })
  void readsATimeAsOneOfUtc(String format, String text, String iso) {
    assertThat(unzoned(List.of(format)).iso(text)).contains(iso);
  }

  private static TimeFormats unzoned(List<String> formats) {
    return new TimeFormats(formats, null);
  }

  /** The clocks of Berlin skip from 2 to 3 on 29 March, and go back from 3 to 2 on 25 October. */
  @ParameterizedTest
  @CsvSource({
    "2026-07-01T10:00:00, 2026-07-01T08:00:00Z, true",
    "2026-07-01 10:00, 2026-07-01T08:00:00Z, true",
    "2026-12-01T00:30:00.5, 2026-11-30T23:30:00.5Z, true",
    "2026-03-29T01:59:59, 2026-03-29T00:59:59Z, true",
    "2026-03-29T02:30:00, 2026-03-29T01:30:00Z, true",
    "2026-03-29T03:00:00, 2026-03-29T01:00:00Z, true",
    "2026-10-25T02:30:00, 2026-10-25T00:30:00Z, true",
    "2026-10-25T03:00:00, 2026-10-25T02:00:00Z, true",
    "7/1/2026 10:00, 2026-07-01T08:00:00Z, true",
    "2026-07-01, 2026-07-01, false",
    "2026-07-01T10:00:00Z, 2026-07-01T10:00:00Z, false",
    "2026-07-01T10:00:00-05:00, 2026-07-01T10:00:00-05:00, false",
    "2026-07-01T10:00:00+0200, 2026-07-01T08:00:00Z, false",
    "1789380000, 2026-09-14T10:00:00Z, false"
  })
  void aZoneAppliesToTimesWithoutAnOffsetOnly(String text, String iso, boolean isLocal) {
    List<String> formats = List.of("iso", "unix_s", "M/d/yyyy H:mm", "yyyy-MM-dd'T'HH:mm:ssXX");
    TimeFormats times = new TimeFormats(formats, "Europe/Berlin");
    assertThat(times.iso(text)).contains(iso);
    assertThat(times.isLocal(text)).isEqualTo(isLocal);
    assertThat(times.changesNothing()).isFalse();
    assertThat(new TimeFormats(List.of("iso"), "UTC").changesNothing()).isTrue();
  }

  /** As sacct prints times if SLURM_TIME_FORMAT ends in %z. */
  @Test
  void jobLogsOfSlurmMayStateTheOffset() {
    List<String> times = SourceKinds.of("slurm").relations().get(0).times();
    assertThat(unzoned(times).iso("2026-09-02T00:30:00+0200")).contains("2026-09-01T22:30:00Z");
    assertThat(unzoned(times).iso("2026-09-02T00:30:00+0000")).contains("2026-09-02T00:30:00Z");
    assertThat(unzoned(times).iso("2026-09-02T00:30:00")).contains("2026-09-02T00:30:00");
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
    assertThat(unzoned(List.of(format)).iso(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"M/d/yyyy, 2/30/2026", "M/d/yyyy, 2/29/2026", "yyyyMMdd, 20260431"})
  void rejectsADayThatTheMonthDoesNotHave(String format, String text) {
    assertThat(unzoned(List.of(format)).iso(text)).isEmpty();
  }
}
