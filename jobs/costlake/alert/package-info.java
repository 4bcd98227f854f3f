/**
 * Alerts, and the webhooks by which they leave Costlake. Other packages register the kinds of
 * alerts; routes of the configuration say who receives which.
 */
@NullMarked
package costlake.alert;

import org.jspecify.annotations.NullMarked;
