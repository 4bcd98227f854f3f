package costlake.decide;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A kind of decision. The class is listed in {@code META-INF/services} and has no state, because
 * the lake creates an instance of its own.
 */
public interface DecisionKind<T> {
  /** Folder of decisions below the root of the lake, with a folder for each kind. */
  String FOLDER = "decisions";

  /** Returns every kind that is listed in {@code META-INF/services}. */
  static List<DecisionKind<?>> registered() {
    return ServiceLoader.load(DecisionKind.class, DecisionKind.class.getClassLoader()).stream()
        .<DecisionKind<?>>map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Returns the name of the kind in the plural, e.g. {@code budgets}. */
  String name();

  /** Returns the type of the decisions, as their files contain them. */
  TypeReference<Decision<T>> type();

  /** Returns what a decision is about, e.g. a month. The last decision about a subject counts. */
  String subject(T content);

  /** Returns the tables with rows of a decision, in the order in which they are written. */
  List<DecisionTable<T>> tables();

  /** Returns the relations that models read and that follow from the decisions in force. */
  default List<DecisionInput<T>> inputs() {
    return List.of();
  }

  /** Whether the subject has a decision in force while this is the last one, e.g. not if undone. */
  default boolean isInForce(T content) {
    return true;
  }

  /** Returns the folder of the decisions, below the root of the lake. */
  default String folder() {
    return FOLDER + "/" + name();
  }

  /** Returns the lock that a process has while it decides. */
  default LakeLock lock() {
    return new LakeLock(name(), "decision about " + name(), "a recorded decision is kept");
  }

  /** Returns what a decision does, e.g. {@code close 2026-09}. */
  default String action(T content) {
    return "decide about " + subject(content);
  }

  /** Returns what a decision did, e.g. {@code 2026-09 is closed}. */
  default String result(T content) {
    return subject(content) + " is decided";
  }

  /** Parses the file of a decision. */
  default Decision<T> parse(byte[] json, ObjectMapper mapper) throws IOException {
    return mapper.readValue(json, type());
  }

  /**
   * Carries out a decision, except for its rows in {@code ops.*}. An earlier run may have done a
   * part of the work.
   *
   * @return the content of the decision with the results, e.g. the pins of tables
   */
  default T carryOut(Decision<T> decision, Pins pins) {
    return decision.content();
  }
}
