package costlake.land.mlflow;

import costlake.core.Failure;

/** A place in which MLflow keeps its runs. */
public interface MlflowStore {
  /**
   * Writes all runs and model versions, also deleted ones.
   *
   * @throws Failure with exit code 2 if the store is not one of MLflow or refuses access; with exit
   *     code 3 if it is damaged; with exit code 4 if it cannot be reached
   */
  void read(RunRows rows);

  /**
   * Checks that the store can be read.
   *
   * @throws Failure as {@link #read}
   */
  void reach();
}
