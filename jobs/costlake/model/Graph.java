package costlake.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Models in the order of layers, each after the models that it reads.
 *
 * @param audits audits of contracts and of models/audits
 * @param inputs relations that are not built by a model, by name
 */
public record Graph(List<Model> order, List<Audit> audits, Map<RelationName, Input> inputs) {
  public Graph {
    order = List.copyOf(order);
    audits = List.copyOf(audits);
    inputs = Map.copyOf(inputs);
  }

  /**
   * Returns the models of a layer and of the earlier layers, with the audits that read no others.
   */
  public Graph until(Layer layer) {
    return new Graph(
        order.stream().filter(model -> layer.includes(model.name())).toList(),
        audits.stream().filter(audit -> audit.reads().stream().allMatch(layer::includes)).toList(),
        inputs);
  }

  /** Returns the model with this name. */
  public Model model(RelationName name) {
    return order.stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No model is named " + name));
  }

  /** Returns the input with this name. */
  public Input input(RelationName name) {
    return Optional.ofNullable(inputs.get(name))
        .orElseThrow(() -> new IllegalArgumentException("No input is named " + name));
  }

  /** Whether a model has this name. */
  public boolean isModel(RelationName name) {
    return order.stream().anyMatch(m -> m.name().equals(name));
  }

  /** Returns the columns of a relation, name to Spark type, in order. */
  public Map<String, String> columns(RelationName relation) {
    if (inputs.containsKey(relation)) {
      return input(relation).columns();
    }
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    model(relation).contract().columns().forEach(c -> columns.put(c.name(), c.type()));
    return columns;
  }

  /**
   * Returns these models and all models that they read, directly or through others, but neither
   * given models nor what only these read.
   */
  public Set<RelationName> withUpstream(Collection<RelationName> wanted, Set<RelationName> given) {
    Set<RelationName> all = new TreeSet<>(given);
    wanted.forEach(name -> addWithUpstream(name, all));
    all.removeAll(given);
    return all;
  }

  private void addWithUpstream(RelationName name, Set<RelationName> all) {
    if (all.add(name)) {
      model(name).models().forEach(read -> addWithUpstream(read, all));
    }
  }

  /** Returns the models that read a relation. */
  public List<Model> readers(RelationName relation) {
    return order.stream()
        .filter(m -> m.models().contains(relation) || m.inputs().contains(relation))
        .toList();
  }

  /**
   * Returns the stored models among these relations. In place of a view, returns the stored models
   * that it reads, directly or through other views.
   */
  public Set<RelationName> storedBehind(Collection<RelationName> relations) {
    Set<RelationName> stored = new TreeSet<>();
    relations.stream()
        .filter(this::isModel)
        .map(this::model)
        .forEach(m -> stored.addAll(m.stored() ? Set.of(m.name()) : storedBehind(m.models())));
    return stored;
  }

  /**
   * The parts of the query that builds a model: the model, the views that it reads, directly or by
   * other views, and the inputs that these read. Without stored models that it reads.
   */
  public Set<RelationName> partsOf(Model model) {
    Set<RelationName> parts = new TreeSet<>(model.inputs());
    parts.add(model.name());
    model.models().stream()
        .map(this::model)
        .filter(upstream -> !upstream.stored())
        .forEach(view -> parts.addAll(partsOf(view)));
    return parts;
  }

  /** Returns the inputs that these relations read, directly or through views. */
  public Set<RelationName> inputsBehind(Collection<RelationName> relations) {
    Set<RelationName> read = new TreeSet<>(relations);
    relations.stream()
        .filter(name -> isModel(name) && !model(name).stored())
        .forEach(view -> read.addAll(partsOf(model(view))));
    read.removeIf(this::isModel);
    return read;
  }

  /** Returns a relation and everything that it is computed from: models, views and inputs. */
  public Set<RelationName> upstream(RelationName relation) {
    Set<RelationName> found = new TreeSet<>();
    upstream(relation, found);
    return found;
  }

  private void upstream(RelationName relation, Set<RelationName> found) {
    if (found.add(relation) && isModel(relation)) {
      model(relation).models().forEach(name -> upstream(name, found));
      found.addAll(model(relation).inputs());
    }
  }

  /** Returns the audits that the contract of a model defines. */
  public List<Audit> auditsOf(Model model) {
    return audits.stream().filter(a -> model.name().equals(a.model())).toList();
  }

  /** Returns the names of the inputs that a model or an audit reads. */
  public Set<RelationName> inputsRead() {
    Set<RelationName> read = new TreeSet<>();
    order.forEach(m -> read.addAll(m.inputs()));
    audits.forEach(a -> a.reads().stream().filter(inputs::containsKey).forEach(read::add));
    return read;
  }
}
