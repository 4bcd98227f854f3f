package costlake.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.core.Failure;
import costlake.land.read.FileReading;
import costlake.land.read.RowKeyLimit;
import costlake.land.read.mapping.MappedRelation;
import costlake.land.read.rows.ColumnOrigin;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelationsTest {
  private static final String KIND =
      """
      title: bills of %1$s
      family: bill
      period: month
      relations:
        - name: %1$s
          columns: columns.csv
          spelling: ignore_case
          recognised_by: [%2$s]
          roles: {billed: cost}
      charges: focus.%1$s_charges
      """;
  private static final String COLUMNS =
      "name,type,required,meaning\ncost,money,true,Cost\nrack,text,false,Rack\n";

  private final List<SourceKind> kinds =
      SourceKinds.read(
          Map.of(
              "sources/one/kind.yml",
              KIND.formatted("one", "cost"),
              "sources/one/columns.csv",
              COLUMNS,
              "sources/two/kind.yml",
              KIND.formatted("two", "cost, rack"),
              "sources/two/columns.csv",
              COLUMNS));

  @Test
  void aHeaderBelongsToTheKindThatRecognisesIt() {
    assertThat(Relations.recognise(kinds, "a.csv", List.of("COST")).orElseThrow().id())
        .isEqualTo("one");
    assertThat(Relations.recognise(kinds, "a.csv", List.of("rack"))).isEmpty();
  }

  @Test
  void theFirstColumnOfARoleThatHasAValueCountsInEachRow() {
    String bill =
        """
        line_item_line_item_type,line_item_usage_start_date,line_item_currency_code,\
        line_item_unblended_cost,line_item_net_unblended_cost
        Usage,2026-09-01T00:00:00Z,USD,2,1
        Usage,2026-09-01T00:00:00Z,USD,4,
        """;
    FileReading reading =
        new FileReading(Relations.of(SourceKinds.of("aws-cur")), 1000, 0, new RowKeyLimit(10));
    assertThat(reading.streamed(new ByteArrayInputStream(bill.getBytes(UTF_8)), "bill.csv").cost())
        .isEqualByComparingTo("5");
  }

  @Test
  void aMemberIsLeftOutOfTheOtherValuesOnlyIfItFillsAColumn() {
    List<String> header =
        List.of(
            "line_item_line_item_type",
            "line_item_usage_start_date",
            "line_item_currency_code",
            "line_item_unblended_cost",
            "product_location",
            "product");
    assertThat(
            Relations.of(SourceKinds.of("aws-cur"))
                .mapping("bill.csv", header)
                .cells()
                .get(SourceRelation.NATIVE)
                .without())
        .contains("instance_type")
        .doesNotContain("location");
  }

  @Test
  void aHeaderThatTwoKindsRecogniseIsRefused() {
    assertThatThrownBy(() -> Relations.recognise(kinds, "a.csv", List.of("cost", "rack")))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot tell which kind of bill a.csv is: its header fits one and two. Name the kind,"
                + " e.g. --from one.");
  }

  @Test
  void aColumnMayBeAMemberOfAnother() {
    MappedRelation relation = runs("mlflow", Map.of("job_id", "params.slurm.job"));
    List<String> header = List.of("run_id", "metrics", "params", "tags");
    Map<String, ColumnOrigin> cells = relation.mapping("runs.jsonl", header).cells();
    assertThat(cells)
        .containsEntry("job_id", ColumnOrigin.jsonValue(2, "slurm.job"))
        .containsEntry("pod", ColumnOrigin.jsonValue(3, "costlake.pod"))
        .containsEntry("tags", ColumnOrigin.map(List.of(), List.of(3)));
  }

  @Test
  void aColumnOfThisNameComesFirst() {
    MappedRelation relation = runs("mlflow", Map.of("checkpoints", "metrics.saved"));
    List<String> header = List.of("run_id", "metrics.saved", "metrics", "tags");
    assertThat(relation.mapping("runs.jsonl", header).cells())
        .containsEntry("checkpoints", ColumnOrigin.field(1))
        .containsEntry("metrics", ColumnOrigin.map(List.of(), List.of(2)));
  }

  @Test
  void theStartOfTheColumnsOfAMapMayBeConfigured() {
    MappedRelation relation = runs("runs", Map.of("run_id", "run", "metrics", "eval/"));
    List<String> header = List.of("run", "eval/accuracy", "metrics_x");
    assertThat(relation.mapping("runs.csv", header).cells())
        .containsEntry("run_id", ColumnOrigin.field(0))
        .containsEntry(
            "metrics", ColumnOrigin.map(List.of(new ColumnOrigin.Entry("accuracy", 1)), List.of()));
  }

  private static MappedRelation runs(String kind, Map<String, String> columns) {
    SourceKind runs = SourceKinds.of(kind);
    return new MappedRelation(runs, runs.relations().get(0), columns, null);
  }
}
