package costlake.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The messages for a team or a month without statements. */
class StatementsOfTeamsTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

  private static void statements(YearMonth month, String team) {
    Dataset<Row> rows =
        SparkHarness.spark()
            .sql(
                "select * from values ('team', 'search', 'USD', date'2026-09-01'), ('team', 'data',"
                    + " 'USD', date'2026-09-01'), ('team', 'vision', 'USD', date'2026-08-01'),"
                    + " ('company', 'company.all', 'USD', date'2026-09-01') as (receiver_kind,"
                    + " receiver_id, billing_currency, billing_month)");
    new Statements(Locale.US)
        .of(table -> rows, month, Optional.ofNullable(team), one -> StatementStatus.preliminary(1));
  }

  @Test
  void theMessageForATeamWithoutAStatementListsTheOtherTeams() {
    assertThatThrownBy(() -> statements(SEPTEMBER, "nobody"))
        .isInstanceOf(Failure.class)
        .hasMessage("Team 'nobody' has no statement of 2026-09. Teams that have one: data, search");
    assertThatThrownBy(() -> statements(SEPTEMBER, "serach"))
        .hasMessageContaining("Did you mean 'search'?");
  }

  @Test
  void theMessageForAMonthWithoutStatementsListsTheMonthsThatHaveThem() {
    assertThatThrownBy(() -> statements(YearMonth.of(2026, 7), "nobody"))
        .hasMessage(
            "No statement of 2026-07. Months that have one: 2026-08, 2026-09. If bills of 2026-07"
                + " were delivered, run `costlake night --period 2026-07` first");
  }
}
