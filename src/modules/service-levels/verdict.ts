/** Which cases of a figure are listed: by how they count in it, or all of them. */
export const verdicts = ['met', 'failed', 'near', 'excluded', 'all'] as const
