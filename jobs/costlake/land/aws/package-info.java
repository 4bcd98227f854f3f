/** Manifests of AWS Cost and Usage Reports. */
@NullMarked
package costlake.land.aws;

import org.jspecify.annotations.NullMarked;
