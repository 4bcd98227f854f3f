package costlake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that the compiler refuses mistakes in models, with the right messages. */
class CompilerTest {
  private static final String CASES =
      """
      cases:
        - name: one
          given: {}
          expect: []
      """;
  private static final String INPUTS =
      """
      inputs:
        bronze.bill: {meaning: one row per line, columns: {id: string, cost: string, day: string}}
      """;

  private final Map<String, String> models = new HashMap<>();
  private final Map<String, String> cases = new HashMap<>();

  @BeforeEach
  void aChargeModel() {
    models.put("models/inputs.yml", INPUTS);
    model("focus.charges", "select id, cost\nfrom {{ source('bronze.bill') }}\n", "");
  }

  @Test
  void ordersModelsAfterThoseThatTheyRead() {
    model("allocation.a_shares", "select id, cost from {{ ref('allocation.z_owned') }}", "");
    model("allocation.z_owned", "select id, cost from {{ ref('focus.charges') }}", "");
    assertThat(compile().order())
        .extracting(m -> m.name().toString())
        .containsExactly("focus.charges", "allocation.z_owned", "allocation.a_shares");
  }

  @Test
  void ordersModelsLayerByLayer() {
    model("allocation.a_shares", "select id, cost from {{ ref('focus.charges') }}", "");
    model("focus.z_other", "select id, cost from {{ source('bronze.bill') }}", "");
    assertThat(compile().order())
        .extracting(m -> m.name().toString())
        .containsExactly("focus.charges", "focus.z_other", "allocation.a_shares");
  }

  @Test
  void namesAModelAfterItsLayerNotItsSubject() {
    file("allocation/idle/hours", "select id, cost from {{ ref('focus.charges') }}", "");
    model("allocation.owned", "select id, cost from {{ ref('allocation.hours') }}", "");
    assertThat(compile().order())
        .extracting(m -> m.name().toString())
        .containsExactly("focus.charges", "allocation.hours", "allocation.owned");
    cases.remove("tests/models/allocation/idle/hours.yml");
    refuses("allocation.hours: it has no case; write tests/models/allocation/idle/hours.yml");
  }

  @Test
  void refusesTwoModelsOfALayerWithOneName() {
    file("allocation/idle/hours", "select id, cost from {{ ref('focus.charges') }}", "");
    file("allocation/runs/hours", "select id, cost from {{ ref('focus.charges') }}", "");
    refuses(
        "Cannot build allocation.hours: two files have this name, models/allocation/idle/hours.sql"
            + " and models/allocation/runs/hours.sql. Rename one of them");
  }

  @Test
  void refusesAModelThatIsNoFileOfALayerOrSubject() {
    for (String path : List.of("allocation/idle/nodes/hours", "audits/idle/hours", "hours")) {
      models.put("models/" + path + ".sql", "select 1");
      refuses("Cannot read models/" + path + ".sql: a model is a file models/LAYER/NAME.sql or");
      models.remove("models/" + path + ".sql");
    }
  }

  @Test
  void refusesAnUnknownModelAndNamesTheNearest() {
    model("allocation.owned", "select id, cost\n\nfrom {{ ref('focus.charge') }}", "");
    refuses(
        "Cannot build allocation.owned: it refers to 'focus.charge', which does not exist."
            + " Did you mean 'focus.charges'? (models/allocation/owned.sql:3)");
  }

  @Test
  void refusesAnUnknownInputAndNamesTheNearest() {
    model("focus.other", "select id, cost from {{ source('bronze.bil') }}", "");
    refuses(
        "Cannot build focus.other: it reads the input 'bronze.bil', which does not exist."
            + " Did you mean 'bronze.bill'? (models/focus/other.sql:1)");
  }

  @Test
  void saysWhenSourceNamesAModel() {
    model("allocation.owned", "select id, cost from {{ source('focus.charges') }}", "");
    refuses("'focus.charges', which does not exist. It is a model, write ref(...).");
  }

  @Test
  void refusesACircle() {
    model("allocation.a", "select id, cost from {{ ref('allocation.b') }}", "");
    model("allocation.b", "select id, cost from {{ ref('allocation.a') }}", "");
    refuses(
        "Cannot order the models: they refer to each other in a circle,"
            + " allocation.a -> allocation.b -> allocation.a (models/allocation/a.sql:1)");
  }

  @Test
  void refusesAModelWithoutAContract() {
    models.remove("models/focus/charges.yml");
    refuses(
        "Cannot build focus.charges: its contract models/focus/charges.yml does not exist"
            + " (models/focus/charges.sql:1)");
  }

  @Test
  void refusesAModelWithoutACase() {
    cases.clear();
    refuses(
        "Cannot build focus.charges: it has no case; write tests/models/focus/charges.yml"
            + " (models/focus/charges.sql:1)");
  }

  @Test
  void needsNoCasesOfTheProgramWhereTheyAreNotShipped() {
    cases.clear();
    ModelFiles shipped =
        new ModelFiles(
            new TreeMap<>(models),
            new TreeMap<>(cases),
            Map.of(),
            List.of(),
            false,
            new TreeMap<>());
    assertThat(Models.of(shipped).compile().order()).isNotEmpty();
    assertThat(shipped.needs("sources/own/cases/own_charges.yml")).isTrue();
  }

  @Test
  void refusesCasesOfNoModel() {
    cases.put("tests/models/focus/charge.yml", CASES);
    refuses(
        "Cannot run the cases of tests/models/focus/charge.yml: there is no"
            + " models/focus/charge.sql. Did you mean 'models/focus/charges.sql'?");
  }

  @Test
  void refusesAnUnknownKeyInAContract() {
    model("focus.charges", "select id, cost from {{ source('bronze.bill') }}", "partitions: day\n");
    refuses("models/focus/charges.yml:4: unknown key 'partitions'. Did you mean 'partition'?");
  }

  @Test
  void refusesAContractWithoutItsGrain() {
    models.put(
        "models/focus/charges.yml",
        models.get("models/focus/charges.yml").replaceFirst("grain: .*\n", ""));
    refuses("models/focus/charges.yml:1: key 'grain' is required");
  }

  @Test
  void refusesAStarInTheFinalProjection() {
    model(
        "focus.charges",
        "with bill as (select * from {{ source('bronze.bill') }})\nselect bill.*\nfrom bill",
        "");
    refuses(
        "Cannot build focus.charges: the final projection has a '*';"
            + " list the columns of the contract instead (models/focus/charges.sql:2)");
  }

  @Test
  void refusesAStarInTheSecondHalfOfAUnion() {
    model(
        "focus.charges",
        "select id, cost from {{ source('bronze.bill') }}\nunion all\nselect *\nfrom x",
        "");
    refuses("(models/focus/charges.sql:3)");
  }

  @Test
  void aModelMayExtendTheColumnsOfAnother() {
    model(
        "focus.priced",
        "select * except (cost), cost || '0' as cost, 1 as price from {{ ref('focus.charges') }}",
        "");
    extend("focus.priced", "columns_of: focus.charges\nwithout: [cost]\n");
    Model priced = compile().model(RelationName.parse("focus.priced"));
    assertThat(priced.contract().columnNames()).containsExactly("id", "cost", "price");
  }

  @Test
  void aUnionOfModelsThatExtendItMayEndInAStar() {
    model("focus.one", "select id, 1 as cost, 2 as price from {{ ref('focus.charges') }}", "");
    model("focus.all", "select * from {{ ref('focus.one') }}", "");
    extend("focus.one", "columns_of: focus.all\nwithout: [cost]\n");
    assertThat(compile().order())
        .extracting(m -> m.name().toString())
        .containsExactly("focus.charges", "focus.one", "focus.all");
  }

  @Test
  void refusesAStarIfOneModelOfAUnionDoesNotExtendIt() {
    model("focus.one", "select id, 1 as cost, 2 as price from {{ ref('focus.charges') }}", "");
    model(
        "focus.all",
        "select * from {{ ref('focus.one') }}\nunion all\nselect * from {{ ref('focus.charges') }}",
        "");
    extend("focus.one", "columns_of: focus.all\nwithout: [cost]\n");
    refuses("Cannot build focus.all: the final projection has a '*'");
  }

  @Test
  void refusesToLeaveOutAColumnThatTheOtherDoesNotHave() {
    model("focus.priced", "select * from {{ ref('focus.charges') }}", "");
    extend("focus.priced", "columns_of: focus.charges\nwithout: [cots]\n");
    refuses(
        "'without' names 'cots', which focus.charges does not have. Did you mean 'cost'?"
            + " (models/focus/priced.yml:1)");
  }

  @Test
  void refusesModelsThatExtendEachOther() {
    model("focus.one", "select * from {{ ref('focus.charges') }}", "");
    model("focus.two", "select * from {{ ref('focus.charges') }}", "");
    extend("focus.one", "columns_of: focus.two\n");
    extend("focus.two", "columns_of: focus.one\n");
    refuses("'columns_of' leads back to 'focus.one' (models/focus/two.yml:1)");
  }

  @Test
  void aColumnMayBeAsInAnotherModel() {
    chargesWithUnits();
    model("focus.others", "select 1 as price, id, cost from {{ ref('focus.charges') }}", "");
    columns(
        "focus.others",
        """
          - {as_in: focus.charges, name: 'cost,
              id'}
          - {name: price, as_in: focus.charges, nullable: false, unit: EUR}
        """);
    model("focus.last", "select id, cost from {{ ref('focus.others') }}", "");
    columns(
        "focus.last",
        """
          - {name: id, as_in: focus.others, meaning: its id}
          - {name: cost, as_in: focus.others}
        """);
    Graph graph = compile();
    assertThat(graph.model(RelationName.parse("focus.others")).contract().columns())
        .extracting(CompilerTest::described)
        .containsExactly(
            "cost decimal true false What it cost USD",
            "id string false true Its id null",
            "price decimal false true The price EUR");
    assertThat(graph.model(RelationName.parse("focus.last")).contract().columns())
        .extracting(CompilerTest::described)
        .containsExactly(
            "id string false true its id null", "cost decimal true false What it cost USD");
  }

  private void chargesWithUnits() {
    model("focus.charges", "select id, cost, cost as price from {{ source('bronze.bill') }}", "");
    columns(
        "focus.charges",
        """
          - {name: id, type: string, nullable: false, meaning: Its id}
          - {name: cost, type: decimal, repeats: false, meaning: What it cost, unit: USD}
          - {name: price, type: decimal, meaning: The price, unit: USD}
        """);
  }

  @Test
  void refusesAColumnAsInAModelThatDoesNotHaveIt() {
    columns("focus.charges", "  - {name: id, as_in: focus.charge}\n");
    refuses(
        "'as_in' names 'focus.charge', which does not exist. Did you mean 'focus.charges'?"
            + " (models/focus/charges.yml:5)");
    model("focus.others", "select id, costs from {{ ref('focus.charges') }}", "");
    columns("focus.charges", "  - {name: id, type: string, meaning: its id}\n");
    columns("focus.others", "  - {name: ids, as_in: focus.charges}\n");
    refuses(
        "'as_in' names 'ids', which focus.charges does not have. Did you mean 'id'?"
            + " (models/focus/others.yml:5)");
  }

  @Test
  void refusesColumnsThatAreAsInEachOther() {
    columns("focus.charges", "  - {name: id, as_in: focus.others}\n");
    model("focus.others", "select id, cost from {{ ref('focus.charges') }}", "");
    columns("focus.others", "  - {name: id, as_in: focus.charges}\n");
    refuses("'as_in' leads back to 'focus.charges' (models/focus/others.yml:5)");
  }

  @Test
  void refusesAColumnThatIsAsInAnotherModelAndSaysItsType() {
    columns("focus.charges", "  - {name: id, as_in: focus.others, type: string}\n");
    refuses("column 'id' has 'type' and 'as_in'; remove one of them (models/focus/charges.yml:5)");
  }

  @Test
  void refusesAColumnThatIsTwiceInAContract() {
    model("focus.others", "select id, cost from {{ ref('focus.charges') }}", "");
    columns("focus.others", "  - {as_in: focus.charges, name: 'id, cost, id'}\n");
    refuses("column 'id' is in the contract twice (models/focus/others.yml:5)");
  }

  private void columns(String model, String columns) {
    String path = "models/" + model.replace('.', '/') + ".yml";
    models.put(path, models.get(path).replaceFirst("(?s)\ncolumns:\n.*", "\ncolumns:\n" + columns));
  }

  private void extend(String name, String keys) {
    String path = "models/" + name.replace('.', '/') + ".yml";
    String contract = models.get(path);
    String head = contract.substring(0, contract.indexOf("columns:"));
    models.put(
        path,
        head
            + keys
            + """
            columns:
              - {name: cost, type: string, meaning: the cost}
              - {name: price, type: int, meaning: the price}
            """);
  }

  @Test
  void allowsAStarInAnImportAndInCountsAndProducts() {
    model(
        "focus.charges",
        "with bill as (select * from {{ source('bronze.bill') }})\n"
            + "select id, count(*) * 2 as cost from bill group by all",
        "");
    assertThat(compile().order()).hasSize(1);
  }

  @Test
  void refusesFunctionsThatDifferFromRunToRun() {
    for (String call :
        new String[] {
          "rand()",
          "uuid()",
          "now()",
          "current_date",
          "current_timestamp()",
          "monotonically_increasing_id()",
          "input_file_name()"
        }) {
      model("focus.charges", "select id,\n  " + call + " as cost from x", "");
      refuses(
          "Cannot build focus.charges: '"
              + call.replace("()", "")
              + "' gives a different result on each run (models/focus/charges.sql:2)");
    }
  }

  @Test
  void refusesAListInNoOrder() {
    model("focus.charges", "select id, collect_list(cost) as cost from x group by all", "");
    refuses("'collect_list' returns its values in any order; wrap it in array_sort(...)");
    model(
        "focus.charges",
        "select id, array_sort(collect_list(cost)) as cost from x group by all",
        "");
    assertThat(compile().order()).hasSize(1);
  }

  @Test
  void refusesFirstWithoutAnOrder() {
    model("focus.charges", "select id, first(cost) as cost from x group by all", "");
    refuses("'first' may return another row on each run");
    model(
        "focus.charges",
        "select id, first(cost) ignore nulls over (order by id) as cost from x",
        "");
    assertThat(compile().order()).hasSize(1);
  }

  @Test
  void refusesDivisionsThatDropDigits() {
    for (String division : List.of("cost / hours", "try_divide(cost, hours)", "cost div hours")) {
      model("focus.charges", "select id,\n  " + division + " as cost from x", "");
      refuses(
          "loses digits of a quotient; write divided(amount, by) of macros/arithmetic.sql"
              + " (models/focus/charges.sql:2)");
    }
  }

  @Test
  void ignoresFunctionNamesInTextAndComments() {
    model(
        "focus.charges",
        "-- now() a / b\nselect /*+ broadcast(x) */ id, 'uuid() /' as cost from x /* rand() */",
        "");
    assertThat(compile().order()).hasSize(1);
  }

  @Test
  void refusesBronzeInLaterLayers() {
    model("allocation.owned", "select id, cost from {{ source('bronze.bill') }}", "");
    refuses(
        "Cannot build allocation.owned: it reads 'bronze.bill', but only focus and telemetry read"
            + " bronze; refer to focus.* or telemetry.* (models/allocation/owned.sql:1)");
  }

  @Test
  void onlyModelsOfReportingReadReporting() {
    model("reporting.lines", "select id, cost from {{ ref('focus.charges') }}", "");
    model("reporting.cells", "select id, cost from {{ ref('reporting.lines') }}", "");
    assertThat(compile().order()).hasSize(3);
    model("economics.units", "select id, cost from {{ ref('reporting.lines') }}", "");
    refuses("but a model of economics must not read the later layer reporting");
  }

  @Test
  void refusesAReferenceToALaterLayer() {
    model("allocation.owned", "select id, cost from {{ ref('economics.units') }}", "");
    model("economics.units", "select id, cost from {{ ref('focus.charges') }}", "");
    refuses("but a model of allocation must not read the later layer economics");
  }

  @Test
  void refusesAFolderThatIsNoLayer() {
    model("alocation.owned", "select id, cost from {{ ref('focus.charges') }}", "");
    refuses("Cannot build alocation.owned: 'alocation' is not a layer. Did you mean 'allocation'?");
  }

  @Test
  void refusesToCarryByWhatIsNoColumn() {
    model("focus.charges", "select id, cost from x", "carries: idd\n");
    refuses(
        "Cannot build focus.charges: carries column 'idd' is not in the contract. Did you mean"
            + " 'id'?");
  }

  @Test
  void refusesAKeyThatIsNoColumn() {
    model("focus.charges", "select id, cost from x", "key: [idd]\n");
    refuses(
        "Cannot build focus.charges: key column 'idd' is not in the contract. Did you mean 'id'?");
  }

  @Test
  void refusesANullableKeyThatIsNotOfTheKey() {
    model("focus.charges", "select id, cost from x", "key: [id]\nnullable_key: [cost]\n");
    refuses("Cannot build focus.charges: 'nullable_key' names 'cost', which 'key' does not.");
  }

  @Test
  void refusesAPartitionColumnThatIsNoDate() {
    model("focus.charges", "select id, cost from x", "partition: {column: id, by: day}\n");
    refuses("partition column 'id' must be a date that is not nullable");
  }

  @Test
  void refusesReadsOfARelationThatIsNotReferenced() {
    model("focus.charges", "select id, cost from x", "reads: {focus.other: month}\n");
    refuses("'reads' names 'focus.other', which the model does not refer to.");
  }

  @Test
  void refusesMonthsBeforeOfARelationThatIsNotReferencedAndNoMonths() {
    model(
        "allocation.owned",
        "select id, cost from {{ ref('focus.charges') }}",
        "months_before: {focus.other: 1, focus.charges: 0}\n");
    refuses("'months_before' names 'focus.other', which the model does not refer to.");
    refuses("'months_before' of focus.charges must be at least 1, not 0");
  }

  @Test
  void refusesAffectedWithoutSayingHowMuchIsRead() {
    model(
        "allocation.owned",
        "select id, cost from {{ ref('focus.charges') }}",
        "affected: select day from {{ ref('focus.charges') }} where day in ({{ changed_days }})\n");
    refuses("'affected' reads 'focus.charges', which 'reads' does not list. Add it there");
  }

  @Test
  void refusesNeededThatReadsSeveralRelations() {
    model("focus.others", "select id, cost from x", "");
    model(
        "allocation.owned",
        "select id, cost from {{ ref('focus.charges') }}",
        """
        reads: {focus.charges: month, focus.others: month}
        needed: select day from {{ ref('focus.charges') }} join {{ ref('focus.others') }}
        """);
    refuses("'needed' returns the days of one relation, so it must read only that relation");
  }

  @Test
  void refusesAMissingVariable() {
    model("focus.charges", "select id,\n  {{ rate }} as cost from x", "");
    refuses("Cannot build focus.charges: ");
    refuses("[rate]");
    refuses("(models/focus/charges.sql:2)");
  }

  @Test
  void refusesAMacroThatReadsARelation() {
    models.put(
        "models/macros/bad.sql",
        "{% macro bad() %}\nselect 1 from {{ ref('focus.charges') }}{% endmacro %}");
    refuses("Invalid macro: it refers to 'focus.charges'. A macro must not name a relation");
    model(
        "focus.charges", "{% import \"macros/bad.sql\" %}\nselect id, cost from ({{ bad() }})", "");
    refuses(
        "Cannot build focus.charges: a macro must not name a relation. Pass the relation"
            + " as an argument");
  }

  @Test
  void refusesAColumnWithoutMeaning() {
    models.put(
        "models/focus/charges.yml",
        models.get("models/focus/charges.yml").replace(", meaning: the cost", ""));
    refuses(
        "column 'cost' needs type and meaning; models/columns.yml does not have it."
            + " (models/focus/charges.yml:");
  }

  @Test
  void aColumnThatIsOnlyNamedIsAsInTheCommonList() {
    models.put(
        "models/columns.yml",
        """
        columns:
          id: {type: string, nullable: false, meaning: Its id}
          cost: {type: decimal, repeats: false, meaning: What it cost, unit: USD}
        """);
    columns("focus.charges", "  - id, cost\n");
    assertThat(compile().order().get(0).contract().columns())
        .extracting(CompilerTest::described)
        .containsExactly(
            "id string false true Its id null", "cost decimal true false What it cost USD");
    columns(
        "focus.charges", "  - {name: id, nullable: true}\n  - {name: cost, meaning: the cost}\n");
    assertThat(compile().order().get(0).contract().columns())
        .extracting(CompilerTest::described)
        .containsExactly(
            "id string true true Its id null", "cost decimal true false the cost null");
    columns(
        "focus.charges",
        "  - {name: id, type: int, meaning: a number}\n  - {name: cost, unit: EUR}\n");
    assertThat(compile().order().get(0).contract().columns())
        .extracting(CompilerTest::described)
        .containsExactly(
            "id int true true a number null", "cost decimal true false What it cost EUR");
    columns("focus.charges", "  - id, costs\n");
    refuses(
        "column 'costs' needs type and meaning; models/columns.yml does not have it. Did you mean 'cost'?");
  }

  private static String described(Contract.Column column) {
    return "%s %s %s %s %s %s"
        .formatted(
            column.name(),
            column.type(),
            column.nullable(),
            column.repeats(),
            column.meaning(),
            column.unit());
  }

  @Test
  void refusesTwoAuditsOfOneName() {
    String audit = "audits: [{name: same, level: error, sql: select id from x where false}]\n";
    model("focus.charges", "select id, cost from x", audit);
    model("focus.others", "select id, cost from x", audit);
    refuses("Cannot run audit same: another audit has this name, at models/focus/charges.yml:");
  }

  @Test
  void refusesAnAuditScopedByOtherTablesThanItReads() {
    models.put("models/audits/ties.sql", "select id from {{ ref('focus.charges') }}");
    models.put(
        "models/audits/ties.yml", "level: error\nmeaning: ties\nscoped_by: {focus.others: day}\n");
    refuses(
        "'scoped_by' must name one column of each stored model that the audit reads. It names"
            + " columns of focus.others; the audit reads focus.charges (models/audits/ties.sql:1)");
    models.put(
        "models/audits/ties.yml", "level: error\nmeaning: ties\nscoped_by: {focus.charges: ids}\n");
    refuses(
        "'scoped_by' names 'ids' of focus.charges, which is not a column of dates or times."
            + " Did you mean 'id'?");
  }

  @Test
  void refusesAnAuditWithoutItsLevel() {
    models.put("models/audits/money_ties.sql", "select id from {{ ref('focus.charges') }}");
    refuses(
        "Cannot run audit money_ties: it has no file models/audits/money_ties.yml. Add this file with"
            + " the level and meaning of the audit (models/audits/money_ties.sql:1)");
  }

  @Test
  void reportsAllMistakesAtOnce() {
    model("allocation.owned", "select * from {{ ref('focus.charge') }}", "key: [nothing]\n");
    assertThatThrownBy(this::compile)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot compile the models, 3 problems:\n");
  }

  @Test
  void keepsHostileTextInertInLiteralsAndNames() {
    models.put(
        "models/macros/text.sql",
        "{% macro text(value) %}{{ value | literal }}{% endmacro %}"
            + "{% macro named(value) %}{{ value | ident }}{% endmacro %}");
    model(
        "focus.charges",
        "{% import \"macros/text.sql\" %}select {{ named(\"i`d\") }} as id, {{ text(\"O'Neil \\ ';"
            + " drop table x\") }} as cost\n"
            + "from {{ source('bronze.bill') }}",
        "");
    assertThat(compile().order().get(0).render(Resolver.VIEWS))
        .isEqualTo(
            "select `i``d` as id, 'O\\'Neil \\\\ \\'; drop table x' as cost\nfrom bronze__bill");
  }

  private void model(String name, String sql, String extra) {
    file(name.replace('.', '/'), sql, extra);
  }

  private void file(String path, String sql, String extra) {
    models.put("models/" + path + ".sql", sql);
    models.put(
        "models/" + path + ".yml",
        """
        description: %s
        grain: one row per thing
        owner: finops
        %scolumns:
          - {name: id, type: string, meaning: the id}
          - {name: cost, type: string, meaning: the cost}
        """
            .formatted(path, extra));
    cases.put("tests/models/" + path + ".yml", CASES);
  }

  private Graph compile() {
    return Models.of(models, cases).compile();
  }

  private void refuses(String message) {
    assertThatThrownBy(this::compile).isInstanceOf(Failure.class).hasMessageContaining(message);
  }
}
