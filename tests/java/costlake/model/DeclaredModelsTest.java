package costlake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What follows from a table that a page declares. The cases of models check the rows. */
class DeclaredModelsTest {
  private static final String COLUMNS =
      """
      columns:
        billing_month: {type: date, nullable: false, meaning: the month}
        receiver_kind: {type: string, nullable: false, meaning: the kind}
        receiver_id: {type: string, nullable: false, meaning: the receiver}
        team_id: {type: string, meaning: the team}
        billing_currency: {type: string, nullable: false, meaning: the currency}
        position: {type: int, nullable: false, meaning: the position}
        line_id: {type: string, nullable: false, meaning: the id}
        members: {type: int, nullable: false, meaning: the members}
        breakdown: {type: string, nullable: false, meaning: the breakdown}
        cost: {type: 'decimal(38,21)', meaning: the cost}
      """;

  private static final String PAGE =
      """
      title: Budgets
      place: 1
      tables:
        budgets:
          table: statement_budgets
          sheet: 1
      """;

  private static final String LINES =
      PAGE
          + """
              lines:
                meaning: Cost of projects
                of: focus.costs
                row: {project}
                sums: {cost: billed}
                cents: {cost_shown: cost}
                order: cost desc, project
                largest: 10
                letter: bu
                columns:
                  - {name: project, type: string, meaning: the project}
                  - members, cost
                  - {name: cost_shown, meaning: to the cent}
                  - {name: part, ratio: cost / cost, meaning: all of it}
          """;

  private static final String EXPLANATION =
      "{subject: project, label: project, sums: {of: focus.costs, names: {project: project}}}";

  private final Map<String, String> models =
      new HashMap<>(
          Map.of(
              "models/inputs.yml",
              "inputs: {bronze.bill: {meaning: lines, columns: {project: string}}}",
              "models/columns.yml",
              COLUMNS));

  private Graph compile(String page) throws IOException {
    try (Stream<Path> macros = Files.list(Path.of("models/macros"))) {
      for (Path file : macros.toList()) {
        models.put(file.toString(), Files.readString(file));
      }
    }
    models.put("models/focus/costs.sql", "select project from {{ source('bronze.bill') }}\n");
    models.put(
        "models/focus/costs.yml",
        """
        description: Costs
        grain: one row
        owner: finance
        materialized: view
        columns: [{name: project, type: string, meaning: the project of the bill}]
        """);
    return Models.of(
            new ModelFiles(
                new TreeMap<>(models),
                new TreeMap<>(),
                Map.of(),
                List.of(),
                false,
                new TreeMap<>(Map.of("budgets.yml", page))))
        .compile();
  }

  private Model declared(String page) throws IOException {
    return compile(page).model(RelationName.parse("reporting.statement_budgets"));
  }

  /** Returns the query of the table in one line. */
  private String query(String page) throws IOException {
    return declared(page).template().text().replaceAll("\\s+", " ");
  }

  @Test
  void aTableHasTheColumnsThatItDeclaresAfterThoseOfEveryLine() throws IOException {
    Contract contract = declared(LINES).contract();
    assertThat(contract.columnNames())
        .containsExactly(
            "billing_month",
            "receiver_kind",
            "receiver_id",
            "team_id",
            "billing_currency",
            "position",
            "line_id",
            "project",
            "members",
            "cost",
            "cost_shown",
            "part");
    assertThat(contract.key()).containsExactly("line_id");
    assertThat(contract.description()).isEqualTo("Cost of projects");
    assertThat(contract.columns())
        .extracting(Contract.Column::type)
        .endsWith("string", "int", "decimal(38,21)", "decimal(38,2)", "decimal(18,9)");
  }

  @Test
  void aTableReadsItsFactAndCastsItsColumns() throws IOException {
    Model budgets = declared(LINES);
    assertThat(budgets.models()).containsExactly(RelationName.parse("focus.costs"));
    assertThat(budgets.template().text())
        .contains("sum(billed) as cost")
        .contains("{{ folded(10) }} as position")
        .contains("cast(cost as decimal(38,21)) as cost")
        .contains("{{ line_id(\"'bu'\") }} as line_id");
  }

  @Test
  void aSeriesHasNoIdAndItsRowsAreNotFolded() throws IOException {
    Model months =
        declared(
            PAGE
                + """
                    series:
                      meaning: Cost by day
                      of: focus.costs
                      row: {day: to_date(usage)}
                      sums: {cost}
                      columns:
                        - {name: day, type: date, nullable: false, meaning: the day}
                        - cost
                """);
    assertThat(months.contract().key())
        .containsExactly("billing_month", "receiver_id", "billing_currency", "day");
    assertThat(months.contract().grain()).isEqualTo("one row per statement, day");
    assertThat(months.template().text()).contains("to_date(usage) as day").doesNotContain("folded");
  }

  @Test
  void breakdownsOfAFactComeFromOneQuery() throws IOException {
    Model lines =
        declared(
            LINES
                .replace(
                    "row: {project}",
                    """
                    breakdowns:
                            all: {letter: a, whole: true, row: {project: "'all'"}}
                            project: {letter: p, where: project <> '', row: {project}}""")
                .replace("letter: bu\n", "\n"));
    assertThat(lines.contract().columnNames()).containsSubsequence("breakdown", "position");
    assertThat(lines.template().text())
        .containsOnlyOnce("ref('focus.costs')")
        .contains("named_struct('breakdown', 'all', 'letter', 'a', 'project', 'all')")
        .contains("if(project <> '', named_struct('breakdown', 'project', 'letter', 'p'")
        .contains("folded(10, \"breakdown not in ('all')\")")
        .contains("{{ line_id(\"letter\") }}");
  }

  @Test
  void rowsThatHavePartsAreSummedTwice() throws IOException {
    String budgets =
        query(
            LINES.replace(
                "row: {project}",
                """
                first:
                        row: {project, day: to_date(usage)}
                        values: {billed: max(billed)}
                      row: {project}
                      own: {longest: max(day)}"""));
    assertThat(budgets)
        .containsSubsequence(
            "to_date(usage) as day, max(billed) as billed from facts",
            "sum(billed) as cost, max(day) as longest from firsts",
            "{{ of_one(\"longest\") }} as longest");
  }

  @Test
  void aRelationIsLookedUpBeforeLinesAreChosenAndPlaced() throws IOException {
    String budgets =
        query(
            LINES.replace(
                "row: {project}",
                """
                row: {project}
                      looked_up:
                        limit:
                          of: focus.costs
                          where: billed > 0
                          first: {row: {project}, values: {most: max(billed)}}
                          keys: [project]
                      having: cost > limit.most
                      company: {all_cost: cost}"""));
    assertThat(budgets)
        .containsSubsequence(
            "struct(limit.most) as limit",
            "(select project, max(billed) as most from {{ ref('focus.costs') }} where billed > 0"
                + " group by all)",
            "{{ of_company(\"cost\", \"project\") }} as all_cost",
            "where cost > limit.most",
            "{{ ranked(\"chosen\", ",
            "{{ of_one(\"limit\") }} as limit");
  }

  @Test
  void linesThatNothingExplainsNeedNoId() throws IOException {
    Model budgets = declared(LINES.replace("letter: bu\n", "\n").replace("largest: 10", "most: 5"));
    assertThat(budgets.contract().columnNames()).contains("position").doesNotContain("line_id");
    assertThat(budgets.contract().key())
        .containsExactly("billing_month", "receiver_id", "billing_currency", "position");
    assertThat(budgets.template().text()).contains("where line_rank <= 5");
  }

  @Test
  void linesThatAreExplainedNeedAnId() {
    String sheet = "sheet: 1\n    explain: " + EXPLANATION;
    assertThatThrownBy(() -> compile(LINES.replace("letter: bu", "").replace("sheet: 1", sheet)))
        .hasMessageContaining("'explain' needs lines with a 'letter'");
  }

  @Test
  void theAuditOfReceiversReadsEveryTableOfStatements() throws IOException {
    models.put(
        "models/audits/receivers.sql",
        "{% import \"macros/receivers.sql\" %}{{ every_receiver() }}\n");
    models.put("models/audits/receivers.yml", "level: error\nmeaning: whose rows\n");
    assertThat(compile(LINES).audits())
        .singleElement()
        .satisfies(
            audit ->
                assertThat(audit.reads())
                    .containsExactly(RelationName.parse("reporting.statement_budgets")));
  }

  @Test
  void aTableHasTheAuditsThatItDeclares() throws IOException {
    String audit =
        """
        - name: budgets_are_costs
          level: error
          meaning: budgets are costs
          sql: select * from {{ ref('reporting.statement_budgets') }} where cost < 0
        """;
    assertThat(compile(LINES + "      audits:\n" + audit.indent(8)).audits())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.model())
                  .isEqualTo(RelationName.parse("reporting.statement_budgets"));
              assertThat(found.origin().file()).isEqualTo("reports/pages/budgets.yml");
            });
  }

  @Test
  void mistakesAreReportedWithTheirPlaceInTheFileOfThePage() {
    refused(
        "name: project, type: string,",
        "name: project,",
        "column 'project' needs type and meaning",
        "(reports/pages/budgets.yml:17)");
    refused("of: focus.costs", "of: focus.cost", "'focus.cost', which does not exist");
    refused("order: cost desc, project", "", "'lines' needs 'order'");
    refused("largest: 10", "largest: 10\n      most: 10", "has 'most' and 'largest'");
    refused("row: {project}", "", "needs either 'row' or 'breakdowns'");
    refused("ratio: cost / cost", "ratio: cost / cost, as: cost", "'part' is made in two ways");
    refused("ratio: cost / cost", "ratio: cost", "must be 'part / whole'");
    refused("sheet: 1", "sheet: 1\n    columns: [cost]", "'columns' are those that the table");
    refused("row: {project}", "row: {project}\n      figures: of_all", "the page does not have");
  }

  @Test
  void aTableIsDeclaredOrHasFiles() {
    models.put("models/reporting/statement_budgets.sql", "select 1 as cost");
    assertThatThrownBy(() -> compile(LINES))
        .hasMessageContaining(
            "Cannot build models/reporting/statement_budgets.sql: a page declares it too");
  }

  private void refused(String right, String wrong, String... messages) {
    assertThat(LINES).contains(right);
    assertThatThrownBy(() -> compile(LINES.replace(right, wrong)))
        .satisfies(e -> Stream.of(messages).forEach(m -> assertThat(e).hasMessageContaining(m)));
  }
}
