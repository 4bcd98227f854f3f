package costlake.core;

/** The number of the Java code that decides rows: functions of models and readers of files. */
public final class CodeNumber {
  /** Raise this number if Java code gives other rows for the same queries and files. */
  public static final int NOW = 4;

  private CodeNumber() {}
}
