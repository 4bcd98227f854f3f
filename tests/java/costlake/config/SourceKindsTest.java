package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceKindsTest {
  private static final String KIND =
      """
      title: bills of Acme
      family: bill
      period: month
      relations:
        - name: acme
          columns: columns.csv
          roles: {day: used_on, currency: currency, billed: cost}
      charges: focus.acme_charges
      """;
  private static final String COLUMNS =
      """
      name,type,required,meaning,aliases
      used_on,time,true,Day of use,Date|Usage Date
      cost,money,true,"Cost, in the currency",
      currency,text,false,Currency,
      """;

  private final Map<String, String> files =
      new TreeMap<>(Map.of("sources/acme/kind.yml", KIND, "sources/acme/columns.csv", COLUMNS));

  private void write(String key, String value) {
    files.merge("sources/acme/kind.yml", "", (kind, none) -> kind.replace(key, value));
  }

  private void refuses(String problem) {
    assertThatThrownBy(() -> SourceKinds.read(files))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(problem);
  }

  @Test
  void readsAKindWithItsColumns() {
    SourceRelation relation = SourceKinds.read(files).get(0).relations().get(0);
    assertThat(relation.column("used_on").orElseThrow().aliases())
        .containsExactly("Date", "Usage Date");
    assertThat(relation.recognisedBy()).containsExactly("used_on", "cost");
    assertThat(relation.role(SourceRole.BILLED)).containsExactly("cost");
    assertThat(relation.role(SourceRole.EFFECTIVE)).isEmpty();
  }

  @Test
  void whatAStrategyReadsFromTheListOfColumnsDecidesHowRowsAreRead() {
    String before = howRowsAreRead("USD|EUR", "Currency");
    assertThat(howRowsAreRead("USD|EUR", "Currency of the bill")).isEqualTo(before);
    assertThat(howRowsAreRead("USD|EUR|CHF", "Currency")).isNotEqualTo(before);
  }

  private String howRowsAreRead(String allowedValues, String meaning) {
    files.put(
        "sources/acme/columns.csv",
        """
        name,type,required,meaning,allowed_values
        used_on,time,true,Day of use,
        cost,money,true,"Cost, in the currency",
        currency,text,false,%s,%s
        """
            .formatted(meaning, allowedValues));
    return SourceKinds.read(files).get(0).relations().get(0).howRowsAreRead();
  }

  @Test
  void namesTheLineOfAnUnknownKey() {
    write("period: month", "periods: month");
    refuses("sources/acme/kind.yml:3: unknown key 'periods'. Did you mean 'period'?");
  }

  @Test
  void namesTheRoleThatIsNone() {
    write("billed: cost", "billed: cost, biled: cost");
    refuses("sources/acme/kind.yml:5: unknown role 'biled'. Did you mean 'billed'?");
  }

  @Test
  void namesTheColumnThatARoleCannotFind() {
    write("billed: cost", "billed: costs");
    refuses("kind.yml:5: 'roles.billed' names 'costs', which is not in columns.csv. Did you mean");
  }

  @Test
  void aDayIsATime() {
    write("day: used_on", "day: currency");
    refuses("kind.yml:5: role 'day' names 'currency', which is not of type time");
  }

  @Test
  void recordsNeedAModelOfOneOfTheirTables() {
    write("family: bill", "family: records");
    refuses("kind.yml:1: key 'intervals', 'runs' or 'requests' is required");
    write("charges: focus.acme_charges", "runs: telemetry.acme_runs");
    SourceKind kind = SourceKinds.read(files).get(0);
    assertThat(kind.records()).isEqualTo(Map.of(RecordTable.RUNS, "telemetry.acme_runs"));
    assertThat(kind.isDated()).isTrue();
    assertThat(kind.layer()).isEqualTo("telemetry");
  }

  @Test
  void telemetryNeedsAFamilyOfSeries() {
    files.put("sources/acme/kind.yml", "title: samples of Acme\nfamily: telemetry\nperiod: day\n");
    refuses("kind.yml:1: key 'series' is required");
    write("period: day", "period: day\nseries: [kubernetes]\nintervals: telemetry.acme_intervals");
    refuses("kind.yml:1: key 'intervals' is not allowed for this family");
  }

  @Test
  void namesTheTypeThatIsNone() {
    files.put("sources/acme/columns.csv", COLUMNS.replace("money", "monney"));
    refuses("sources/acme/columns.csv:3: type cannot be 'monney'. Did you mean 'money'?");
  }

  @Test
  void needsTheListOfColumns() {
    files.remove("sources/acme/columns.csv");
    refuses("kind.yml:5: 'columns' names sources/acme/columns.csv, which does not exist");
  }

  @Test
  void aBillHasCharges() {
    write("charges: focus.acme_charges\n", "");
    refuses("kind.yml:1: key 'charges' is required");
  }

  @Test
  void refusesAFormatOfTimesThatIsNone() {
    write("    roles:", "    times: [iso, nonsense]\n    roles:");
    refuses("'times' cannot be 'nonsense'");
  }

  @Test
  void twoKindsDoNotShareARelation() {
    files.put("sources/other/kind.yml", KIND);
    files.put("sources/other/columns.csv", COLUMNS);
    refuses("sources/other/kind.yml:5: relation 'acme' already belongs to kind 'acme'");
  }

  @Test
  void aKindThatIsUnknownIsNamedWithTheNearest() {
    assertThatThrownBy(() -> SourceKinds.of("aws-curr"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'aws-curr'. Did you mean 'aws-cur'?");
  }
}
