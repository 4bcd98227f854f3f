package costlake.assist;

import costlake.core.Failure;
import costlake.explain.ExplanationStep;

/** Explains figures by the delivered rows of bills that they come from. */
public interface Explanations {
  /**
   * Explains a line, a statement, a run, a model, an endpoint, an experiment or a charge by its id.
   *
   * @throws Failure if nothing has this id, or several things have it
   */
  ExplanationStep of(String id);
}
