package costlake.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The layers of the models. The namespace of a model is the name of its layer. */
public enum Layer {
  FOCUS(1),
  TELEMETRY(1),
  ALLOCATION(2),
  ECONOMICS(3),
  GOVERNANCE(4),
  REPORTING(5);

  /** A model may only read relations of layers of the same or a lower rank. */
  private final int rank;

  Layer(int rank) {
    this.rank = rank;
  }

  /** Returns the layer with this namespace. */
  static Optional<Layer> of(String namespace) {
    return Arrays.stream(values()).filter(l -> l.namespace().equals(namespace)).findFirst();
  }

  /** Returns the rank of a namespace; 0 if it is not a layer. */
  static int rank(String namespace) {
    return of(namespace).map(l -> l.rank).orElse(0);
  }

  static List<String> namespaces() {
    return Arrays.stream(values()).map(Layer::namespace).toList();
  }

  /** Returns the namespace of the models of this layer. */
  public String namespace() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a relation is of this layer, of an earlier layer or of no layer. */
  boolean includes(RelationName relation) {
    return rank(relation.namespace()) <= rank;
  }
}
