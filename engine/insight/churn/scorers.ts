import type { ScorerName } from '../types';
import type { FeatureWriter } from './logistic';
import type { Observation } from './observation';

/**
 * A way to score: features of a customer, and the weights expected of them before any outcome is seen. The probability
 * comes from a logistic regression trained on what customers of this shop did, so every scorer is calibrated on it.
 */
export interface Scorer {
	readonly name: Exclude<ScorerName, 'rhythmLevels'>;
	readonly label: string;
	/** Weights before training: 1 for a log-odds that is already a probability of the model, 0 for all else. */
	readonly prior: readonly number[];
	/** Whether the horizon is in the features, so that a training on a shorter one carries over. */
	readonly knowsHorizon: boolean;
	/** The writer of the features, or null when the observation has not what is needed. */
	features(observation: Observation): FeatureWriter | null;
}

/** Probabilities are kept this far from 0 and 1 in log-odds: beyond, a closed form claims more than data can say. */
const EDGE = 1e-6;

function logOddsOfNone(active: number): number {
	const kept = Math.min(Math.max(active, EDGE), 1 - EDGE);
	return Math.log1p(-kept) - Math.log(kept);
}

function closedForm(name: 'mbgnbd' | 'bgnbd' | 'nbd', label: string): Scorer {
	return {
		name,
		label,
		prior: [1],
		knowsHorizon: true,
		features: ({ active }) => {
			const chance = active[name];
			if (chance === null) return null;
			return (i, out) => {
				out[0] = logOddsOfNone(chance[i]);
			};
		},
	};
}

const combination: Scorer = {
	name: 'combination',
	label:
		'a combination of the purchase model, order count, spend and silence, trained on this shop',
	prior: [1, 0, 0, 0, 0, 0],
	knowsHorizon: true,
	features: ({ active, summaries, silenceDays, horizonDays, meanAmount }) => {
		const chance = active.mbgnbd ?? active.bgnbd ?? active.nbd;
		if (chance === null) return null;
		const { x, T, spend, unitDays } = summaries;
		return (i, out) => {
			out[0] = logOddsOfNone(chance[i]);
			out[1] = Math.log1p(x[i]);
			out[2] = T[i] > 0 ? silenceDays[i] / unitDays / T[i] : 0;
			out[3] = x[i] === 0 ? 1 : 0;
			out[4] = Math.log1p(silenceDays[i] / horizonDays);
			out[5] = meanAmount > 0 ? Math.log1p(spend[i] / meanAmount) : 0;
		};
	},
};

const recency: Scorer = {
	name: 'recency',
	label: 'days since the last order',
	prior: [0],
	knowsHorizon: false,
	features: ({ silenceDays, horizonDays }) => {
		return (i, out) => {
			out[0] = Math.log1p(silenceDays[i] / horizonDays);
		};
	},
};

const rhythm: Scorer = {
	name: 'rhythm',
	label: "silence against the customer's own rhythm",
	prior: [0, 0],
	knowsHorizon: false,
	features: ({ silenceDays, rhythmDays, typicalRhythm, summaries }) => {
		if (Number.isNaN(typicalRhythm)) return null;
		const { x } = summaries;
		return (i, out) => {
			// One gap of the shop's typical length is mixed in: a rhythm seen once is hardly one.
			const own = x[i] > 0 ? (x[i] * rhythmDays[i] + typicalRhythm) / (x[i] + 1) : typicalRhythm;
			out[0] = Math.log((silenceDays[i] + 1) / (own + 1));
			out[1] = x[i] === 0 ? 1 : 0;
		};
	},
};

const rfm: Scorer = {
	name: 'rfm',
	label: 'quintiles of recency, frequency and spend',
	prior: [0, 0, 0],
	knowsHorizon: false,
	features: (observation) => {
		return (i, out) => {
			const { r, f, m } = observation.rfm();
			out[0] = r[i];
			out[1] = f[i];
			out[2] = m[i];
		};
	},
};

/** All scorers that can be trained; where several are equally good, the first of them is used. */
export const SCORERS: readonly Scorer[] = [
	closedForm('mbgnbd', 'the MBG/NBD purchase model'),
	combination,
	closedForm('bgnbd', 'the BG/NBD purchase model'),
	closedForm('nbd', 'the NBD purchase model, in which nobody leaves'),
	rfm,
	rhythm,
	recency,
];
