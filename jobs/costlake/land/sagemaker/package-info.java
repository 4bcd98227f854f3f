/** Describes the jobs, endpoints and notebooks of an account by the API of SageMaker. */
@NullMarked
package costlake.land.sagemaker;

import org.jspecify.annotations.NullMarked;
