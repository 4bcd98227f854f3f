package costlake.telemetry.serving;

import costlake.telemetry.series.Quantity;
import java.util.List;
import java.util.stream.Stream;

/** The counters of an engine. A part of the object is a counter. */
record ServingQuantity(Engine engine, List<String> subject) implements Quantity {
  private static final String NAME = "__name__";
  private static final String BUCKET = "le";

  ServingQuantity {
    subject = List.copyOf(subject);
  }

  @Override
  public List<String> part() {
    return Stream.of(List.of(NAME, BUCKET), engine.parts()).flatMap(List::stream).toList();
  }

  @Override
  public List<String> attributes() {
    return List.of();
  }
}
