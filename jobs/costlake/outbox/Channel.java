package costlake.outbox;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;

import costlake.decide.Decision;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.LakeLock;
import costlake.decide.OpsTable;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * A way on which messages leave, e.g. mail. Its table {@code ops.<channel>_outbox} has a row for
 * each change of a message. Decisions of people about doubtful messages are rows of it too, and of
 * {@code ops.<channel>_decisions}.
 */
public abstract class Channel<M extends Message> implements DecisionKind<MessageChange<M>> {
  private static final String ID = "message_id";
  private static final String CHANGE = "change";

  private final String word;
  private final OpsTable outbox;
  private final OpsTable decisions;

  /**
   * Creates a channel.
   *
   * @param word one word for a message, e.g. {@code mail}
   * @param content columns with the content of a message
   */
  protected Channel(String word, StructField... content) {
    this.word = word;
    Stream<StructField> head = Stream.of(text(ID), whole(CHANGE), text("state"));
    Stream<StructField> tail =
        Stream.of(
            whole("attempt"),
            text("provider_id"),
            text("recipient"),
            text("detail"),
            time("changed_at"));
    this.outbox =
        OpsTable.of(
            word + "_outbox",
            Stream.of(head, Stream.of(content), tail)
                .flatMap(columns -> columns)
                .toArray(StructField[]::new));
    this.decisions =
        OpsTable.of(
            word + "_decisions",
            whole("decision_number"),
            text(ID),
            whole(CHANGE),
            text("state"),
            text("reason"),
            text("actor"),
            time("decided_at"));
  }

  /** Returns the values of the columns with the content of a message. */
  protected abstract List<Object> content(M message);

  /** Returns the message of a row. */
  protected abstract M message(Row row);

  @Override
  public String name() {
    return word + "s";
  }

  @Override
  public LakeLock lock() {
    return new LakeLock(word + "_outbox", "send", "nothing is sent twice");
  }

  @Override
  public String subject(MessageChange<M> change) {
    return change.id();
  }

  @Override
  public String action(MessageChange<M> change) {
    return "record the outcome of " + word + " " + change.id();
  }

  @Override
  public List<DecisionTable<MessageChange<M>>> tables() {
    return List.of(
        new DecisionTable<>(
            outbox, List.of(ID, CHANGE), decision -> List.of(row(decision.content()))),
        new DecisionTable<>(decisions, List.of("decision_number"), Channel::rows));
  }

  private static <M extends Message> List<Row> rows(Decision<MessageChange<M>> decision) {
    MessageChange<M> change = decision.content();
    return List.of(
        OpsTable.row(
            decision.number(),
            change.id(),
            change.change(),
            OpsTable.word(change.state()),
            decision.reason(),
            decision.actor(),
            Timestamp.from(decision.at())));
  }

  /** Returns one word for a message, e.g. {@code mail}. */
  String word() {
    return word;
  }

  OpsTable outbox() {
    return outbox;
  }

  Row row(MessageChange<M> change) {
    Stream<@Nullable Object> head =
        Stream.of(change.id(), change.change(), OpsTable.word(change.state()));
    Stream<@Nullable Object> tail =
        Stream.of(
            change.attempt(),
            change.providerId(),
            change.recipient(),
            change.detail(),
            Timestamp.from(change.at()));
    return OpsTable.row(
        Stream.of(head, content(change.message()).stream(), tail)
            .flatMap(values -> values)
            .toArray());
  }

  MessageChange<M> change(Row row) {
    return new MessageChange<>(
        message(row),
        row.<Long>getAs(CHANGE),
        MessageState.valueOf(row.<String>getAs("state").toUpperCase(Locale.ROOT)),
        row.<Long>getAs("attempt"),
        row.getAs("provider_id"),
        row.getAs("recipient"),
        row.getAs("detail"),
        row.<Timestamp>getAs("changed_at").toInstant());
  }
}
