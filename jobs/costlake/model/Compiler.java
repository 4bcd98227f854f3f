package costlake.model;

import costlake.config.Origin;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Nearest;
import costlake.core.Plural;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks models against each other and orders them. */
final class Compiler {
  private final Map<RelationName, Model> models;
  private final List<Audit> audits;
  private final Map<RelationName, Input> inputs;
  private final List<String> problems;

  Compiler(
      Map<RelationName, Model> models,
      List<Audit> audits,
      Map<RelationName, Input> inputs,
      List<String> problems) {
    this.models = models;
    this.audits = audits;
    this.inputs = inputs;
    this.problems = new ArrayList<>(problems);
  }

  Graph compile() {
    models.values().forEach(this::check);
    audits.forEach(this::check);
    refuseDoubleAudits();
    List<Model> order = order();
    Graph graph = new Graph(order, audits, inputs);
    if (problems.isEmpty()) {
      audits.forEach(audit -> checkScope(audit, graph));
    }
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Cannot compile the models, %s:\n  %s",
          Plural.of(problems.size(), "problem", "problems"),
          String.join("\n  ", new LinkedHashSet<>(problems)));
    }
    return graph;
  }

  private void check(Model model) {
    String subject = "Cannot build " + model.name() + ": ";
    if (Layer.of(model.name().namespace()).isEmpty()) {
      problems.add(
          Message.of(
              "%s'%s' is not a layer.%s (%s:1)",
              subject,
              model.name().namespace(),
              Nearest.hint(model.name().namespace(), Layer.namespaces()),
              model.template().path()));
    }
    model.references().forEach(r -> check(subject, r));
    model.references().forEach(r -> checkLayer(subject, model, r));
    new ContractRules(model, subject, problems).check();
    String sql = rendered(subject, model.template());
    SqlScan scan = SqlScan.of(sql);
    scan.finalStar()
        .filter(line -> model.contract().columnsOf() == null && !isUnionOfExtensions(model))
        .ifPresent(
            line ->
                problems.add(
                    Message.of(
                        """
                        %sthe final projection has a '*'; list the columns of the contract
                        instead (%s)
                        """,
                        subject, model.template().place(line))));
    refuseFindings(subject, scan, model.template()::place);
    if (model.affected() != null) {
      rendered(subject, model.affected(), () -> model.renderAffected(Resolver.VIEWS, List.of()));
    }
    if (model.needed() != null) {
      rendered(subject, model.needed(), () -> model.renderNeeded(Resolver.VIEWS, List.of()));
    }
  }

  /** Whether a model reads nothing but models whose contracts extend its own. */
  private boolean isUnionOfExtensions(Model model) {
    Collection<Reference> read = model.references();
    return !read.isEmpty() && read.stream().allMatch(reference -> isExtension(reference, model));
  }

  private boolean isExtension(Reference reference, Model extended) {
    Model model = models.get(reference.target());
    return model != null && extended.name().toString().equals(model.contract().columnsOf());
  }

  private void check(Audit audit) {
    String subject = "Cannot run audit " + audit.name() + ": ";
    audit.references().forEach(r -> check(subject, r));
    SqlScan scan = SqlScan.of(rendered(subject, audit.template()));
    refuseFindings(subject, scan, audit.origin()::at);
  }

  private void checkScope(Audit audit, Graph graph) {
    Set<RelationName> named = audit.scopedBy().keySet();
    Set<RelationName> read = graph.storedBehind(audit.reads());
    String subject = "Cannot run audit " + audit.name() + ": 'scoped_by' ";
    if (!named.isEmpty() && !named.equals(read)) {
      problems.add(
          Message.of(
              """
              %smust name one column of each stored model that the audit reads. It names columns of
              %s; the audit reads %s (%s)
              """,
              subject, sorted(named), sorted(read), audit.origin()));
      return;
    }
    audit.scopedBy().forEach((name, column) -> checkScope(audit, subject, graph, name, column));
  }

  private void checkScope(
      Audit audit, String subject, Graph graph, RelationName name, String column) {
    Map<String, String> columns = graph.columns(name);
    if (!Set.of("date", "timestamp").contains(columns.getOrDefault(column, ""))) {
      problems.add(
          "%snames '%s' of %s, which is not a column of dates or times.%s (%s)"
              .formatted(
                  subject, column, name, Nearest.hint(column, columns.keySet()), audit.origin()));
    }
  }

  private static String sorted(Set<RelationName> names) {
    return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names(names)));
  }

  private void refuseFindings(String subject, SqlScan scan, IntFunction<Origin> places) {
    Stream.concat(scan.nonDeterministic().stream(), scan.divisions().stream())
        .forEach(f -> problems.add(subject + f.what() + " (" + places.apply(f.line()) + ")"));
  }

  private String rendered(String subject, Template template) {
    return rendered(subject, template, () -> template.render(Resolver.VIEWS));
  }

  private String rendered(String subject, Template template, Supplier<String> render) {
    try {
      return render.get();
    } catch (SqlTemplates.TemplateException e) {
      problems.add(subject + e.getMessage() + " (" + template.place(e.line()) + ")");
    } catch (IllegalArgumentException e) {
      problems.add(subject + e.getMessage() + " (" + template.path() + ")");
    }
    return "";
  }

  private void check(String subject, Reference reference) {
    boolean ref = reference.kind() == Reference.Kind.REF;
    Collection<RelationName> known = ref ? models.keySet() : inputs.keySet();
    if (known.contains(reference.target())) {
      return;
    }
    String other =
        (ref ? inputs.keySet() : models.keySet()).contains(reference.target())
            ? " It is " + (ref ? "an input, write source" : "a model, write ref") + "(...)."
            : Nearest.hint(reference.target().toString(), names(known));
    problems.add(
        Message.of(
            "%s', which does not exist.%s (%s)",
            subject + (ref ? "it refers to '" : "it reads the input '") + reference.target(),
            other,
            reference.origin()));
  }

  private static Set<String> names(Collection<RelationName> relations) {
    return relations.stream().map(RelationName::toString).collect(Collectors.toSet());
  }

  private void checkLayer(String subject, Model model, Reference reference) {
    String from = model.name().namespace();
    String to = reference.target().namespace();
    int own = Layer.rank(from);
    String refusal = null;
    if (reference.kind() == Reference.Kind.SOURCE && to.equals("bronze") && own > 1) {
      refusal = "only focus and telemetry read bronze; refer to focus.* or telemetry.*";
    } else if (reference.kind() == Reference.Kind.REF && Layer.rank(to) > own) {
      refusal = "a model of " + from + " must not read the later layer " + to;
    }
    if (refusal != null) {
      problems.add(
          Message.of(
              "%sit reads '%s', but %s (%s)",
              subject, reference.target(), refusal, reference.origin()));
    }
  }

  private void refuseDoubleAudits() {
    Map<String, Audit> byName = new LinkedHashMap<>();
    for (Audit audit : audits) {
      Audit other = byName.putIfAbsent(audit.name(), audit);
      if (other != null) {
        problems.add(
            Message.of(
                "Cannot run audit %s: another audit has this name, at %s (%s)",
                audit.name(), other.origin(), audit.origin()));
      }
    }
  }

  /**
   * Orders the models by layer, and each model after the models that it reads. The early layers,
   * which most other models need, are built first.
   */
  private List<Model> order() {
    Map<RelationName, Model> done = new LinkedHashMap<>();
    Set<RelationName> refused = new LinkedHashSet<>();
    models.values().stream()
        .sorted(Comparator.comparing(m -> Layer.rank(m.name().namespace())))
        .forEach(m -> visit(m, new ArrayList<>(), done, refused));
    return List.copyOf(done.values());
  }

  private void visit(
      Model model,
      List<RelationName> path,
      Map<RelationName, Model> done,
      Set<RelationName> refused) {
    if (done.containsKey(model.name()) || refused.contains(model.name())) {
      return;
    }
    int start = path.indexOf(model.name());
    if (start >= 0) {
      List<RelationName> cycle = new ArrayList<>(path.subList(start, path.size()));
      refused.addAll(cycle);
      cycle.add(model.name());
      problems.add(
          Message.of(
              "Cannot order the models: they refer to each other in a circle, %s (%s:1)",
              cycle.stream().map(RelationName::toString).collect(Collectors.joining(" -> ")),
              model.template().path()));
      return;
    }
    path.add(model.name());
    for (RelationName upstream : model.models()) {
      if (models.containsKey(upstream)) {
        visit(models.get(upstream), path, done, refused);
      }
    }
    path.remove(path.size() - 1);
    if (!refused.contains(model.name())) {
      done.put(model.name(), model);
    }
  }
}
