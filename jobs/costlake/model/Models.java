package costlake.model;

import costlake.audit.WrittenAudit;
import costlake.config.Origin;
import costlake.config.Required;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.YamlRecords;
import costlake.core.Message;
import costlake.core.Nearest;
import costlake.page.PageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models as written in their files. {@link #compile()} returns their graph, or reports every
 * problem.
 */
public final class Models {
  private static final Pattern REFERENCE =
      Pattern.compile("\\b(ref|source)\\(\\s*['\"]([^'\"]*)['\"]\\s*\\)");
  private static final Pattern TEMPLATE_COMMENT = Pattern.compile("\\{#.*?#}", Pattern.DOTALL);

  /** The one table of {@code reporting} that is about no statement. */
  private static final String VERSION = "schema_version";

  private static final RelationName CHARGES = RelationName.parse("focus.cost_and_usage");

  private record AuditFile(
      @Required WrittenAudit.Level level,
      WrittenAudit.@Nullable Scope scope,
      Map<String, String> scopedBy,
      @Required String meaning,
      @Nullable String next,
      boolean beforeNight,
      Origin origin) {}

  private final ModelFiles files;
  private final List<String> problems = new ArrayList<>();

  /** Texts of models, contracts and macros by path, with the queries that pages declare. */
  private final Map<String, String> texts = new TreeMap<>();

  private final Map<String, Contract> declared = new LinkedHashMap<>();
  private final SqlTemplates templates = new SqlTemplates();
  private final Map<RelationName, Model> models = new TreeMap<>();
  private final List<Audit> audits = new ArrayList<>();
  private final Map<RelationName, Input> inputs = new TreeMap<>();

  private Models(ModelFiles files) {
    this.files = files;
  }

  /**
   * Reads the models of a working copy: {@code models/}, {@code tests/models/}, {@code sources/}.
   */
  public static Models below(Path root) {
    return of(ModelFiles.below(root));
  }

  /** Reads the models that are resources of the program. */
  public static Models embedded() {
    return embedded(SourceKinds.all());
  }

  /** Reads the models that are resources of the program, for some kinds of sources. */
  public static Models embedded(List<SourceKind> kinds) {
    return of(ModelFiles.embedded(kinds));
  }

  /** Reads the models that are resources of the program, and the cases of a working copy. */
  public static Models withCases(Path workingCopy) {
    return of(ModelFiles.withCases(workingCopy));
  }

  /**
   * Reads the models that are resources of the program, the cases of the user's own tables, and
   * those of all kinds of sources.
   */
  public static Models withOwnCases() {
    return of(ModelFiles.withOwnCases());
  }

  static Models of(Map<String, String> models, Map<String, String> cases) {
    return of(
        new ModelFiles(
            new TreeMap<>(models),
            new TreeMap<>(cases),
            Map.of(),
            List.of(),
            true,
            new TreeMap<>()));
  }

  static Models of(ModelFiles files) {
    return new Models(files).read();
  }

  /**
   * Checks and orders the models.
   *
   * @throws costlake.core.Failure with exit code 2 that lists every mistake with file, line and the
   *     nearest valid name
   */
  public Graph compile() {
    return new Compiler(models, audits, inputs, problems).compile();
  }

  private Models read() {
    addDeclared();
    inputs.putAll(Inputs.read(texts.getOrDefault(Inputs.FILE, "inputs: {}"), problems));
    inputs.putAll(Inputs.ofKinds(files.kinds()));
    Map<ModelPath, String> written = new LinkedHashMap<>();
    texts.forEach((path, text) -> path(path).ifPresent(place -> written.put(place, text)));
    texts.keySet().forEach(this::refuseStrayModel);
    checkLetters(written);
    refuseSameNames(written.keySet());
    written.forEach((place, text) -> macro(place, text));
    Map<String, Contract> contracts = contracts(written.keySet());
    ContractColumns columns =
        new ContractColumns(names(written.keySet()), contracts, defaults(), problems);
    written.forEach((place, text) -> model(place, text, contracts, columns));
    files.cases().keySet().forEach(this::refuseStrayCases);
    for (SourceKind kind : files.kinds()) {
      checkUnion(kind, "charges", kind.charges(), CHARGES);
      kind.records()
          .forEach(
              (table, model) ->
                  checkUnion(kind, table.key(), model, RelationName.parse(table.table())));
    }
    models.values().forEach(m -> m.references().forEach(this::addReferenceList));
    audits.forEach(a -> a.references().forEach(this::addReferenceList));
    return this;
  }

  /** Adds the models that pages declare, and then the audit of the receivers of all tables. */
  private void addDeclared() {
    texts.putAll(files.models());
    DeclaredModels models = DeclaredModels.of(files.pages(), defaults().keySet(), problems);
    declared.putAll(models.contracts());
    models.queries().forEach(this::addQuery);
    String receivers = receivers();
    texts.replaceAll((path, text) -> text.replace(ModelFiles.EVERY_RECEIVER, receivers));
  }

  private void addQuery(String path, String query) {
    if (texts.putIfAbsent(path, query) != null) {
      problems.add(
          Message.of(
              """
              Cannot build %s: a page declares it too. Rename the table of the page, or delete the
              file (%s)
              """,
              path, Objects.requireNonNull(declared.get(path)).origin()));
    }
  }

  /** Returns the query for the receivers of the rows of all tables of statements. */
  private String receivers() {
    return texts.keySet().stream()
        .flatMap(path -> path(path).stream())
        .map(ModelPath::relation)
        .filter(model -> model.namespace().equals(Layer.REPORTING.namespace()))
        .filter(model -> !model.name().equals(VERSION))
        .map(model -> "{{ receivers_of(\"%s\", ref('%s')) }}".formatted(model.name(), model))
        .collect(Collectors.joining("\nunion all\n"));
  }

  private Optional<ModelPath> path(String path) {
    return ModelPath.of(
        path,
        id ->
            files.kinds().stream()
                .filter(kind -> kind.id().equals(id))
                .map(SourceKind::layer)
                .findFirst()
                .orElse("focus"));
  }

  private void refuseStrayModel(String path) {
    if (path.startsWith("models/") && path.endsWith(".sql") && path(path).isEmpty()) {
      problems.add(
          Message.of(
              """
              Cannot read %s: a model is a file models/LAYER/NAME.sql or
              models/LAYER/SUBJECT/NAME.sql, with a layer of %s
              """,
              path, String.join(", ", Layer.namespaces())));
    }
  }

  /** Compares the letters of lines. Those of files come first, then those of pages in order. */
  private void checkLetters(Map<ModelPath, String> written) {
    LineLetters letters = new LineLetters(problems);
    written.forEach(
        (place, text) -> {
          if (place.isModel() && !declared.containsKey(place.path())) {
            letters.add(place.relation(), text, Origin.top(place.path()));
          }
        });
    declared.forEach(
        (path, contract) ->
            path(path)
                .ifPresent(
                    place ->
                        letters.add(
                            place.relation(), texts.getOrDefault(path, ""), contract.origin())));
  }

  private void refuseSameNames(Set<ModelPath> written) {
    Map<RelationName, String> paths = new TreeMap<>();
    for (ModelPath place : written) {
      RelationName name = new RelationName(place.folder(), place.name());
      String other = paths.putIfAbsent(name, place.path());
      if (other != null && Layer.of(place.folder()).isPresent()) {
        problems.add(
            Message.of(
                "Cannot build %s: two files have this name, %s and %s. Rename one of them",
                name, other, place.path()));
      }
    }
  }

  /**
   * Compares the columns of a kind's model with those of the union of all kinds.
   *
   * @param what content of the model, for the message
   * @param name the kind's model, or null
   */
  private void checkUnion(SourceKind kind, String what, @Nullable String name, RelationName union) {
    Model all = models.get(union);
    if (name == null || all == null) {
      return;
    }
    Model own = models.get(RelationName.parse(name));
    if (own == null) {
      problems.add(
          Message.of(
              "Cannot read the %s of %s: there is no model '%s'.%s (%s)",
              what, kind.id(), name, Nearest.hint(name, names()), kind.folder() + "kind.yml:1"));
      return;
    }
    List<String> wanted = columns(all);
    List<String> found = columns(own);
    for (int i = 0; i < wanted.size(); i++) {
      String column = i < found.size() ? found.get(i) : "nothing";
      if (!column.equals(wanted.get(i))) {
        problems.add(
            Message.of(
                "Cannot read the %s of %s: column %d is %s, not %s as in %s (%s)",
                what, kind.id(), i + 1, column, wanted.get(i), union, own.contract().origin()));
        return;
      }
    }
  }

  private Set<String> names() {
    return models.keySet().stream().map(RelationName::toString).collect(Collectors.toSet());
  }

  private static List<String> columns(Model model) {
    return model.contract().columns().stream().map(c -> c.name() + " " + c.type()).toList();
  }

  private void addReferenceList(Reference reference) {
    RelationName target = reference.target();
    if (target.namespace().equals("reference") && !inputs.containsKey(target)) {
      Inputs.referenceList(target).ifPresent(input -> inputs.put(target, input));
    }
  }

  private void macro(ModelPath place, String text) {
    if (!place.isMacro()) {
      return;
    }
    templates.add(place.imported(), text);
    references(place.path(), text)
        .forEach(
            r ->
                problems.add(
                    Message.of(
                        """
                        Invalid macro: it refers to '%s'. A macro must not name a relation; pass the
                        relation as an argument (%s)
                        """,
                        r.target(), r.origin())));
  }

  private static Set<String> names(Set<ModelPath> places) {
    return places.stream()
        .filter(ModelPath::isModel)
        .map(ModelPath::relation)
        .map(RelationName::toString)
        .collect(Collectors.toSet());
  }

  private Map<String, ColumnDefaults.Default> defaults() {
    String text = texts.getOrDefault(ColumnDefaults.FILE, "columns: {}");
    return YamlRecords.read(text, ColumnDefaults.FILE, ColumnDefaults.class, problems)
        .map(ColumnDefaults::columns)
        .orElse(Map.of());
  }

  /** Returns the contracts of models that can be read, by the name of the model. */
  private Map<String, Contract> contracts(Set<ModelPath> places) {
    Map<String, Contract> contracts = new TreeMap<>();
    for (ModelPath place : places) {
      if (place.isModel()) {
        contract(place).ifPresent(read -> contracts.put(place.relation().toString(), read));
      }
    }
    return contracts;
  }

  private Optional<Contract> contract(ModelPath place) {
    Contract ofPage = declared.get(place.path());
    if (ofPage != null) {
      return Optional.of(ofPage);
    }
    String text = texts.get(place.contract());
    if (text == null) {
      problems.add(
          Message.of(
              "Cannot build %s: its contract %s does not exist (%s:1)",
              place.relation(), place.contract(), place.path()));
      return Optional.empty();
    }
    return YamlRecords.read(text, place.contract(), Contract.class, problems);
  }

  private void model(
      ModelPath place, String text, Map<String, Contract> contracts, ContractColumns columns) {
    if (place.isAudit()) {
      audit(place, text);
    } else if (place.isModel()) {
      model(place, text, contracts.get(place.relation().toString()), columns);
    }
  }

  private void model(
      ModelPath place, String text, @Nullable Contract contract, ContractColumns columns) {
    RelationName name = place.relation();
    List<ModelCase> cases = cases(name.toString(), place.cases(), place.path());
    if (contract != null) {
      Contract whole = contract.withColumns(columns.of(name.toString()));
      String query = DeclaredSql.typed(withoutRecords(text, whole), whole);
      Origin ofPage = declared.containsKey(place.path()) ? whole.origin() : null;
      model(name, templates.add(place.path(), query, ofPage), whole, cases);
    }
  }

  /** If no kind has records, their place is taken by the same columns without rows. */
  private static String withoutRecords(String text, Contract contract) {
    String columns =
        contract.columns().stream()
            .map(column -> "cast(null as %s) as %s".formatted(column.type(), column.name()))
            .collect(Collectors.joining(", "));
    return ModelFiles.withRecords(text, "select " + columns + " where false");
  }

  private void model(
      RelationName name, Template template, Contract contract, List<ModelCase> cases) {
    String path = contract.origin().file();
    List<Reference> references = new ArrayList<>(references(template));
    Model.Queries queries =
        new Model.Queries(
            template,
            query(name, path, "affected", contract.affected(), references),
            query(name, path, "needed", contract.needed(), references));
    models.put(
        name, new Model(name, queries, withoutKinds(queries, path), contract, references, cases));
    contract.audits().forEach(audit -> inline(name, audit));
  }

  private Model.Queries withoutKinds(Model.Queries queries, String path) {
    Optional<Contract> contract =
        Optional.ofNullable(files.withoutKinds().get(path))
            .flatMap(text -> YamlRecords.read(text, path, Contract.class, new ArrayList<>()));
    Template affected = queries.affected();
    Template needed = queries.needed();
    return new Model.Queries(
        withoutKinds(
            queries.query(), Optional.ofNullable(files.withoutKinds().get(queries.query().path()))),
        affected == null ? null : withoutKinds(affected, contract.map(Contract::affected)),
        needed == null ? null : withoutKinds(needed, contract.map(Contract::needed)));
  }

  private Template withoutKinds(Template template, Optional<String> text) {
    return text.map(other -> templates.add(template.path() + "#without_kinds", other))
        .orElse(template);
  }

  /**
   * Makes a template from a query of a contract, and adds the references of the query. Returns null
   * if there is no query.
   */
  private @Nullable Template query(
      RelationName model,
      String contract,
      String key,
      @Nullable String sql,
      List<Reference> references) {
    if (sql == null) {
      return null;
    }
    references(contract, sql).stream()
        .filter(r -> !r.target().equals(model))
        .map(r -> new Reference(r.kind(), r.target(), Origin.top(contract)))
        .forEach(references::add);
    return templates.add(contract + "#" + key, sql);
  }

  private List<ModelCase> cases(String subject, String path, String sql) {
    String text = files.cases().get(path);
    if (text == null && (!files.needs(path) || isOfUser(sql))) {
      return List.of();
    }
    if (text == null) {
      problems.add(
          "Cannot build " + subject + ": it has no case; write " + path + " (" + sql + ":1)");
      return List.of();
    }
    Optional<List<ModelCase>> cases =
        YamlRecords.read(text, path, ModelCase.File.class, problems).map(ModelCase.File::cases);
    if (cases.isPresent() && cases.get().isEmpty()) {
      problems.add("Cannot build " + subject + ": it has no case (" + path + ":1)");
    }
    return cases.orElse(List.of());
  }

  /** Whether a page of the configuration folder declares the model, which needs no cases. */
  private boolean isOfUser(String path) {
    Contract ofPage = declared.get(path);
    return ofPage != null && PageFiles.isOwn(ofPage.origin().file());
  }

  private void inline(RelationName model, WrittenAudit audit) {
    String path = audit.origin() + "#" + audit.name();
    audits.add(
        new Audit(
            audit.name(),
            audit.level(),
            scope(audit.scope()),
            relations(audit.scopedBy()),
            audit.meaning(),
            audit.next(),
            model,
            audit.beforeNight(),
            templates.add(path, audit.sql()),
            audit.origin(),
            at(audit.origin(), audit.sql())));
  }

  private static List<Reference> references(Template template) {
    return template.declared() == null
        ? references(template.path(), template.text())
        : at(template.declared(), template.text());
  }

  private static List<Reference> at(Origin origin, String sql) {
    return references(origin.file(), sql).stream()
        .map(r -> new Reference(r.kind(), r.target(), origin))
        .toList();
  }

  private void audit(ModelPath place, String text) {
    String path = place.path();
    String name = place.name();
    String specPath = place.contract();
    String spec = texts.get(specPath);
    if (spec == null) {
      problems.add(
          Message.of(
              "Cannot run audit %s: it has no file %s. Add this file with the level and meaning of the audit (%s:1)",
              name, specPath, path));
      return;
    }
    YamlRecords.read(spec, specPath, AuditFile.class, problems)
        .map(
            file ->
                new Audit(
                    name,
                    file.level(),
                    scope(file.scope()),
                    relations(file.scopedBy()),
                    file.meaning(),
                    file.next(),
                    null,
                    file.beforeNight(),
                    templates.add(path, text),
                    Origin.top(path),
                    references(path, text)))
        .ifPresent(audits::add);
  }

  private static WrittenAudit.Scope scope(WrittenAudit.@Nullable Scope written) {
    return written == null ? WrittenAudit.Scope.CHANGED : written;
  }

  private static Map<RelationName, String> relations(Map<String, String> byName) {
    Map<RelationName, String> relations = new TreeMap<>();
    byName.forEach((name, column) -> relations.put(relation(name), column));
    return relations;
  }

  private void refuseStrayCases(String path) {
    String model = ModelPath.modelOf(path);
    if (!texts.containsKey(model)) {
      problems.add(
          Message.of(
              "Cannot run the cases of %s: there is no %s.%s",
              path, model, Nearest.hint(model, texts.keySet())));
    }
  }

  private static RelationName relation(String written) {
    return written.contains(".") ? RelationName.parse(written) : new RelationName("", written);
  }

  static List<Reference> references(String path, String text) {
    String visible =
        TEMPLATE_COMMENT.matcher(text).replaceAll(m -> m.group().replaceAll("[^\n]", " "));
    List<Reference> references = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(visible);
    while (matcher.find()) {
      int line =
          1 + (int) visible.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      String target = matcher.group(2);
      references.add(
          new Reference(
              matcher.group(1).equals("ref") ? Reference.Kind.REF : Reference.Kind.SOURCE,
              relation(target),
              new Origin(path, line)));
    }
    return references;
  }
}
