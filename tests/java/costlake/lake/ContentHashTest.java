package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  @Test
  void orderOfRowsAndOfMapEntriesDoesNotMatter() {
    assertThat(
            hash("select 1 as a, map('x', '1', 'y', '2') as m union all select 2, map('z', '3')"))
        .isEqualTo(
            hash("select 2 as a, map('z', '3') as m union all select 1, map('y', '2', 'x', '1')"));
  }

  @Test
  void aValueThatMovedToAnotherColumnIsSeen() {
    assertThat(hash("select 1 as a, cast(null as int) as b"))
        .isNotEqualTo(hash("select cast(null as int) as a, 1 as b"));
  }

  @Test
  void aRuleThatEndsInsteadOfBeginningIsSeen() {
    String rules = "select array(named_struct('valid_from', %s, 'valid_to', %s)) as rules";
    assertThat(hash(rules.formatted("date'2026-03-01'", "cast(null as date)")))
        .isNotEqualTo(hash(rules.formatted("cast(null as date)", "date'2026-03-01'")));
  }

  @Test
  void twoEqualRowsAreNotNone() {
    assertThat(hash("select 1 as a union all select 1 union all select 3"))
        .isNotEqualTo(hash("select 2 as a union all select 2 union all select 3"));
    assertThat(hash("select 1 as a union all select 1"))
        .isNotEqualTo(hash("select 1 as a union all select 1 union all select 1"));
  }

  @Test
  void theLastDigitOfMoneyIsSeen() {
    assertThat(hash("select cast('1.000000000000000000001' as decimal(38,21)) as cost"))
        .isNotEqualTo(hash("select cast('1.000000000000000000002' as decimal(38,21)) as cost"));
  }

  @Test
  void eachDayHasItsOwn() {
    var rows =
        SparkHarness.spark()
            .sql("select date'2026-09-01' as day, 1 as a union all select date'2026-09-02', 1");
    assertThat(ContentHash.byDay(rows, "day"))
        .containsOnlyKeys(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 9, 2));
  }

  @Test
  void noRowsHaveOneToo() {
    assertThat(hash("select 1 as a where false")).isEqualTo(hash("select 2 as a where false"));
  }

  private static String hash(String sql) {
    Dataset<Row> rows = SparkHarness.spark().sql(sql);
    String hash = ContentHash.of(rows);
    assertThat(ContentHash.ofInMemory(rows)).isEqualTo(hash);
    return hash;
  }
}
