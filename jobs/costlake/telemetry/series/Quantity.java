package costlake.telemetry.series;

import java.util.List;

/**
 * What the values of a series measure, and which labels identify and describe the measured object.
 *
 * <p>In a name of a label, {@code a|b} stands for label a or, if the series has no a, for label b.
 * {@code prefix_*} stands for all labels that begin with the prefix.
 */
public interface Quantity {
  /** Returns the labels that identify the measured object. */
  List<String> subject();

  /** Labels that divide the object into parts, e.g. the containers of a workload. */
  List<String> part();

  /** Returns the labels that describe the object; their values may change over time. */
  List<String> attributes();
}
