/** What is to be learned from an episode? Lessons with evidence; often none. */
@NullMarked
package dev.hone.frontend.distill;

import org.jspecify.annotations.NullMarked;
