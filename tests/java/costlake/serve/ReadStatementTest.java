package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that {@code costlake sql} runs or refuses. */
class ReadStatementTest {
  private final SparkSession session = SparkHarness.spark().newSession();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert overwrite directory '%s/out' using csv select 1",
        "with x as (select 1 as a) insert overwrite directory '%s/out' using csv select * from x",
        "from range(1) insert overwrite directory '%s/out' using csv select id",
        "with x as (select 1 as a) insert into t select * from x",
        "from range(1) insert into t select id",
        "/* select */ create table t using parquet location '%s/out' as select 1 as a",
        "explain insert overwrite directory '%s/out' using csv select 1",
        "explain with x as (select 1 as a) insert into t select * from x",
        "select transform(id) using 'touch %s/out' from range(1)",
        "with x as (select transform(id) using 'touch %s/out' from range(1)) select * from x",
        "select 1 where exists (select transform(id) using 'touch %s/out' from range(1))",
        "create temporary view v as select 1",
        "cache table t",
        "set x = 1",
        "add jar '%s/out.jar'",
        "call lake.system.rollback_to_snapshot('t', 1)",
        "optimize t",
        "vacuum t",
        "begin select 1; end",
        "execute immediate 'select 1'"
      })
  void refusesStatementsThatDoMoreThanReadAndDoesNotRunThem(String sql) {
    assertThatThrownBy(() -> ReadStatement.of(session, sql.formatted(folder)).rows())
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot run this statement: costlake sql only reads.");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from range(1)",
        "-- a remark\n(select 1)",
        "with x as (select 1 as a) select * from x where a in (select id from range(2))",
        "values (1)",
        "from range(1)",
        "from range(1) select id"
      })
  void runsQueries(String sql) {
    ReadStatement statement = ReadStatement.of(session, sql);
    assertThat(statement.rows().collectAsList()).hasSize(1);
    assertThat(statement.isAboutTables()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show databases",
        "show tables",
        "show functions",
        "describe function sum",
        "describe query select 1 as a",
        "desc select 1 as a",
        "explain select 1",
        "explain extended with x as (select 1 as a) select * from x"
      })
  void runsStatementsAboutTables(String sql) {
    ReadStatement statement = ReadStatement.of(session, sql);
    assertThat(statement.isAboutTables()).isTrue();
    assertThat(statement.rows().collectAsList()).isNotNull();
  }

  @Test
  void showsWhereASyntaxErrorIs() {
    assertThatThrownBy(() -> ReadStatement.of(session, "selec 1"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot read the query: ");
  }
}
