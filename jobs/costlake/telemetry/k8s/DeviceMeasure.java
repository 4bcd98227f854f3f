package costlake.telemetry.k8s;

/**
 * What a metric of a device measures, in base units. The lists of devices name it in lower case.
 */
enum DeviceMeasure {
  /** 1 while a pod holds the device. */
  HELD,
  /** Share of the device that is busy, from 0 to 1. */
  ACTIVITY,
  /** The same, from a coarser metric; it counts if a device has no series of {@link #ACTIVITY}. */
  UTILISATION,
  /** Memory used, in bytes. */
  MEMORY_USED,
  /** Counter of energy, in joules. */
  ENERGY,
  /** Power, in watts; it counts if the counter of energy did not grow. */
  POWER,
  /** Number of slices into which the device can be divided. */
  SLICES_MAX,
  /** Anything that shows that the device exists. Such series have no label of the model. */
  PRESENCE
}
