/** Two results of a clock beside each other, for whoever compares them for another reason. Their texts are part `corrections`. */
export { ResultPair } from './result-pair.tsx'
export { ResultState } from './result-state.tsx'
