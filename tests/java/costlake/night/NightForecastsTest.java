package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs nights whose bill of September grows by some days. Each day costs 10, a day on the weekend
 * 4.
 */
@Tag("night")
class NightForecastsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 8, 1);
  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);

  @TempDir Path folder;

  @Test
  void keepsTheForecastsOfEachNightAndComparesThemWithWhatCame() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/sources.yml",
        "sources:\n  - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}\n");
    company.deliverAzure("2026-08", days(FIRST, LocalDate.of(2026, 8, 31)));
    deliver(company, "2026-09-12");

    company.night();

    // settled: 1 to 10 September, 8 working days and a weekend; all of September has 22 and 8
    assertThat(september(company, "2026-09-12"))
        .isEqualTo("2026-09-10|88.00|252.00|252.00|252.00|seasonal_naive");
    assertThat(next7Days(company, "2026-09-12")).isEqualTo("2026-09-17|58.00");
    List<String> first = forecasts(company, "2026-09-12");

    assertThat(company.night().publication()).isEmpty();
    assertThat(forecasts(company, "2026-09-12")).isEqualTo(first);

    deliver(company, "2026-09-20");
    company.night();

    assertThat(forecasts(company, "2026-09-12")).isEqualTo(first);
    assertThat(september(company, "2026-09-20"))
        .isEqualTo("2026-09-18|156.00|252.00|252.00|252.00|seasonal_naive");
    // of the forecasts of the first night, the period of the next seven days is over
    assertThat(
            company.ask(
                "select concat_ws('|', scope_kind, period_kind, ahead, forecasts, cast(wape as"
                    + " decimal(9,3)), cast(coverage as decimal(9,3))) from"
                    + " governance.forecast_record order by scope_kind"))
        .containsExactly("company|days|7|1|0.000|1.000", "team|days|7|1|0.000|1.000");
  }

  private static void deliver(TinyCompany company, String last) {
    company.deliverAzure("2026-09", days(SEPTEMBER, LocalDate.parse(last)));
  }

  private static String[] days(LocalDate first, LocalDate last) {
    return first
        .datesUntil(last.plusDays(1))
        .map(
            day ->
                TinyCompany.azureLine(
                    day.toString().substring(0, 7),
                    day + "T00:00:00Z",
                    day + "T01:00:00Z",
                    day.getDayOfWeek().getValue() > 5 ? "4" : "10"))
        .toArray(String[]::new);
  }

  private static String september(TinyCompany company, String night) {
    return company
        .ask(
            """
            select concat_ws('|', settled_until, cast(known as decimal(38,2)), expected, low, high, method)
            from governance.forecasts
            where as_of = '%s' and scope_kind = 'company' and period_kind = 'month' and ahead = 0
            """
                .formatted(night))
        .get(0);
  }

  private static String next7Days(TinyCompany company, String night) {
    return company
        .ask(
            """
            select concat_ws('|', period_end, expected) from governance.forecasts
            where as_of = '%s' and scope_value = 'platform' and period_kind = 'days' and ahead = 7
            """
                .formatted(night))
        .get(0);
  }

  private static List<String> forecasts(TinyCompany company, String night) {
    return company.ask(
        "select to_json(struct(*)) as forecast from governance.forecasts where as_of = '%s' order by forecast"
            .formatted(night));
  }
}
