package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStyleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a, sum(b) from x group by a",
        "select x.a, sum(b) from x group by a order by 1",
        "select lower(a) as low, sum(b) from x group by lower(a)",
        "select lower(a) as low, sum(b) from x group by low having sum(b) > 0",
        "select y from (select max(a) as y, c from (select 1) group by c) where y > 0",
        "select b, sum(a) from x group by 1",
        "select a::int from x",
        "select string(a) from x"
      })
  void findsOtherForms(String sql) {
    assertThat(SqlStyle.findings(sql)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a, sum(b) from x group by all",
        "select a || c as both, sum(b) from x group by a, c",
        "select a, sum(b) from x group by a, c",
        "select cast(a as string), '::', \"b::int\" from x -- group by 1"
      })
  void acceptsTheRequiredForm(String sql) {
    assertThat(SqlStyle.findings(sql)).isEmpty();
  }
}
