package costlake.land.read;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTextTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void timesAreWrittenAsTheEngineCastsThemAndNothingStaysNothing(boolean compiled) {
    SparkSession spark = SparkHarness.spark().newSession();
    spark.conf().set("spark.sql.codegen.wholeStage", Boolean.toString(compiled));
    spark.conf().set("spark.sql.codegen.factoryMode", compiled ? "CODEGEN_ONLY" : "NO_CODEGEN");
    String file = folder.resolve("values").toString();
    spark
        .sql(
            "select cast(t as timestamp) instant, cast(t as timestamp_ntz) local, cast(n as double) number,"
                + " cast(n as float) small from values ('2026-09-14 10:00:00', '0.1'),"
                + " ('1969-12-31 23:59:59.75', '1e-3'), ('0001-01-01 00:00:00', '-0.0'),"
                + " ('2026-02-28 00:00:00.000001', '4.2E-4'), (null, null) as v(t, n)")
        .coalesce(1)
        .write()
        .parquet(file);
    Dataset<Row> rows = spark.read().parquet(file);
    Column[] columns =
        Stream.concat(
                Stream.of(rows.schema().fields()).map(ParquetText::of),
                Stream.of("instant", "local").map(name -> col(name).cast("string")))
            .toArray(Column[]::new);
    List<Row> texts = rows.select(columns).collectAsList();
    assertThat(texts).hasSize(5).allSatisfy(row -> assertThat(row.get(0)).isEqualTo(row.get(4)));
    assertThat(texts).allSatisfy(row -> assertThat(row.get(1)).isEqualTo(row.get(5)));
    for (int number : List.of(2, 3)) {
      assertThat(texts)
          .extracting(row -> row.getString(number))
          .containsExactly("0.1", "0.001", "0.0", "0.00042", null);
    }
    assertThat(texts).extracting(row -> row.getString(0)).contains("1969-12-31 23:59:59.75");
  }
}
