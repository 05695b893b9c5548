/** Seeded random draws for simulated shops: the same seed gives the same shop on every machine. */
export class Draws {
	private state: number;

	constructor(seed: number) {
		this.state = seed | 0;
	}

	/** Uniform on [0, 1) (mulberry32, public domain). */
	uniform(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** Whole number from 0 to `below` − 1. */
	whole(below: number): number {
		return Math.floor(this.uniform() * below);
	}

	exponential(mean: number): number {
		return -mean * Math.log(1 - this.uniform());
	}

	normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
	}

	logNormal(mean: number, sigma: number): number {
		return mean * Math.exp(sigma * this.normal() - (sigma * sigma) / 2);
	}

	/** Small means only (Knuth's product of uniforms). */
	poisson(mean: number): number {
		const limit = Math.exp(-mean);
		let count = 0;
		for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
		return count;
	}
}
